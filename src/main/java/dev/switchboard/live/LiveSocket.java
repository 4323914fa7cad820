package dev.switchboard.live;

import dev.switchboard.history.History;
import dev.switchboard.traffic.Capture;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /ws/live}: admits browsers to the live feed and passes on what they say. Called by the container's threads.
 */
final class LiveSocket extends TextWebSocketHandler {

    /** Tomcat's name for how many milliseconds a send may block before the session is closed. */
    private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final long SEND_TIMEOUT_MILLIS = 10_000;

    private final Capture capture;
    private final History history;
    private final JsonMapper mapper;
    private final LiveJson json;
    private final BatchPress press = new BatchPress();
    private final Pace pace;
    private final Readers clients;
    private final Map<String, LiveClient> bySession = new ConcurrentHashMap<>();

    LiveSocket(Capture capture, History history, JsonMapper mapper, Readers clients) {
        this.capture = capture;
        this.history = history;
        this.mapper = mapper;
        this.json = new LiveJson(mapper);
        this.clients = clients;
        this.pace = new Pace(clients::count);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        if (session instanceof NativeWebSocketSession holder
                && holder.getNativeSession() instanceof Session nativeSession) {
            nativeSession.getUserProperties().put(SEND_TIMEOUT, SEND_TIMEOUT_MILLIS);
        }
        LiveStart start = LiveStart.of(Objects.requireNonNull(session.getUri()), capture.epoch());
        LiveClient client = new LiveClient(session, capture, history, json, press, pace, start);
        if (!clients.admit(client)) {
            client.close(CloseStatus.SERVICE_OVERLOAD.withReason(
                    "there are " + clients.max() + " live clients already (switchboard.live.max-clients)"));
            return;
        }
        bySession.put(session.getId(), client);
        Thread.ofVirtual().name("live-" + session.getId()).start(client);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
        LiveClient client = bySession.get(session.getId());
        if (client == null) {
            return;
        }
        try {
            client.hear(ClientMessage.parse(message.getPayload(), mapper));
        } catch (ClientMessage.Unintelligible e) {
            client.complain(String.valueOf(e.getMessage()));
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        LiveClient client = bySession.get(session.getId());
        if (client != null) {
            try {
                client.complain("say it in text frames; this one was binary");
            } catch (IOException e) {
                client.close(CloseStatus.SESSION_NOT_RELIABLE);
            }
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        LiveClient client = bySession.remove(session.getId());
        if (client != null) {
            client.close(status);
            clients.left(client);
        }
    }
}
