package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/connections/{id}}: each frame from the WebSocket is one payload to the peer, each frame from the peer one
 * binary frame to the WebSocket. When one side closes, so does the other. A payload that can't be sent is answered with
 * a text frame, {@code {"type": "error", "detail": …}}.
 */
final class Bridges extends AbstractWebSocketHandler implements MessageHandler, HandshakeInterceptor {

    static final String PATH = "/ws/connections/*";

    /** The largest frame a WebSocket may send us; framing may set a lower bound. */
    static final int MAX_MESSAGE = 16 << 20;

    private static final String BRIDGE = "dev.switchboard.endpoint.Bridge";

    private final ConnectionRegistry registry;
    private final Sender sender;
    private final JsonMapper json;
    private final Map<String, List<Bridge>> byConnection = new ConcurrentHashMap<>();
    private final Map<String, Bridge> bySession = new ConcurrentHashMap<>();

    Bridges(ConnectionRegistry registry, Sender sender, JsonMapper json) {
        this.registry = registry;
        this.sender = sender;
        this.json = json;
        registry.whenClosed(this::connectionClosed);
    }

    // ------------------------------------------------------------------ the WebSocket's side

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        String path = request.getURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (registry.open(id).isEmpty()) {
            if (registry.find(id).isPresent()) {
                refuse(response, HttpStatus.CONFLICT, "The connection " + id + " is closed.");
            } else {
                refuse(response, HttpStatus.NOT_FOUND, "There is no connection with this id.");
            }
            return false;
        }
        // The peer may send before the WebSocket is open: who was let in misses nothing from now on.
        Bridge bridge = join(id);
        attributes.put(BRIDGE, bridge);
        if (request instanceof ServletServerHttpRequest servlet) {
            servlet.getServletRequest().setAttribute(BRIDGE, bridge);
        }
        return true;
    }

    private void refuse(ServerHttpResponse response, HttpStatus status, String detail) throws IOException {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("about:blank"));
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getBody().write(json.writeValueAsBytes(problem));
    }

    private Bridge join(String id) {
        Bridge bridge = new Bridge(id);
        byConnection.compute(id, (key, list) -> {
            List<Bridge> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(bridge);
            return all;
        });
        if (registry.open(id).isEmpty()) {
            // It closed between the look at it and now, and nobody else will say so.
            bridge.hangUp(CloseStatus.NORMAL.withReason("the connection closed"));
        }
        return bridge;
    }

    private void leave(Bridge bridge) {
        byConnection.computeIfPresent(bridge.connection(), (id, list) -> {
            list.remove(bridge);
            return list.isEmpty() ? null : list;
        });
    }

    /** Called after a refusal by another interceptor, too. */
    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {
        boolean opened = response instanceof ServletServerHttpResponse servlet
                && servlet.getServletResponse().getStatus() == HttpStatus.SWITCHING_PROTOCOLS.value();
        if (exception == null && opened) {
            return;
        }
        if (request instanceof ServletServerHttpRequest servlet
                && servlet.getServletRequest().getAttribute(BRIDGE) instanceof Bridge bridge) {
            leave(bridge);
        }
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setBinaryMessageSizeLimit(MAX_MESSAGE);
        session.setTextMessageSizeLimit(MAX_MESSAGE);
        Bridge bridge = (Bridge) Objects.requireNonNull(session.getAttributes().get(BRIDGE));
        bySession.put(session.getId(), bridge);
        bridge.open(session);
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) throws InterruptedException {
        ByteBuffer payload = message.getPayload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        send(session, bytes);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws InterruptedException {
        send(session, message.getPayload().getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until the kernel has it, so that a WebSocket can't send faster than the peer reads. */
    private void send(WebSocketSession session, byte[] payload) throws InterruptedException {
        Bridge bridge = bySession.get(session.getId());
        if (bridge == null) {
            return;
        }
        try {
            sender.toConnection(bridge.connection(), Order.of(payload, Origin.OPERATOR));
        } catch (RefusedException e) {
            bridge.problem(json.writeValueAsString(Map.of("type", "error", "detail", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Bridge bridge = bySession.remove(session.getId());
        if (bridge == null) {
            return;
        }
        bridge.hangUp(status);
        leave(bridge);
        registry.open(bridge.connection()).ifPresent(open -> {
            var _ = open.close(CloseReason.LOCAL_CLOSE);
        });
    }

    // ------------------------------------------------------------------ the raw connection's side

    @Override
    public void handleMessage(Message<?> message) {
        if (byConnection.isEmpty()) {
            return;
        }
        Frame frame = (Frame) message.getPayload();
        List<Bridge> bridges = byConnection.get(frame.connection().id());
        if (bridges != null) {
            bridges.forEach(bridge -> bridge.received(frame.payload()));
        }
    }

    private void connectionClosed(Connection closed) {
        List<Bridge> bridges = byConnection.remove(closed.key().id());
        if (bridges != null) {
            CloseReason reason = closed.closeReason();
            String why = "the connection ended" + (reason == null ? "" : ": " + reason.word());
            bridges.forEach(bridge -> bridge.hangUp(CloseStatus.NORMAL.withReason(why)));
        }
    }
}
