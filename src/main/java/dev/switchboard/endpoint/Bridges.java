package dev.switchboard.endpoint;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
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
 * binary frame to the WebSocket. When one side closes, so does the other. A payload that can't be sent is answered with a
 * text frame, {@code {"type": "error", "detail": …}}.
 */
final class Bridges extends AbstractWebSocketHandler implements MessageHandler, HandshakeInterceptor {

    static final String PATH = "/ws/connections/*";

    /** The largest frame a WebSocket may send us; framing may set a lower bound. */
    static final int MAX_MESSAGE = 16 << 20;

    private static final String CONNECTION = "connection";

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
            Map<String, Object> attributes) {
        String path = request.getURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (registry.open(id).isEmpty()) {
            response.setStatusCode(registry.find(id).isPresent() ? HttpStatus.CONFLICT : HttpStatus.NOT_FOUND);
            return false;
        }
        attributes.put(CONNECTION, id);
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {}

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setBinaryMessageSizeLimit(MAX_MESSAGE);
        session.setTextMessageSizeLimit(MAX_MESSAGE);
        String id = String.valueOf(session.getAttributes().get(CONNECTION));
        Bridge bridge = new Bridge(session, id);
        bySession.put(session.getId(), bridge);
        byConnection.compute(id, (key, list) -> {
            List<Bridge> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(bridge);
            return all;
        });
        if (registry.open(id).isEmpty()) {
            // It closed between the handshake and now, and nobody else will say so.
            bridge.hangUp(CloseStatus.NORMAL.withReason("the connection closed"));
        }
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
            bridge.problem(json.writeValueAsString(
                    Map.of("type", "error", "detail", String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Bridge bridge = bySession.remove(session.getId());
        if (bridge == null) {
            return;
        }
        bridge.hangUp(status);
        byConnection.computeIfPresent(bridge.connection(), (id, list) -> {
            list.remove(bridge);
            return list.isEmpty() ? null : list;
        });
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
        List<Bridge> bridges = byConnection.get(closed.key().id());
        if (bridges != null) {
            CloseReason reason = closed.closeReason();
            String why = "the connection ended" + (reason == null ? "" : ": " + reason.word());
            bridges.forEach(bridge -> bridge.hangUp(CloseStatus.NORMAL.withReason(why)));
        }
    }
}
