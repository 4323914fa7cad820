package dev.switchboard.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Does what the page does: takes every batch of the live feed and acknowledges it. */
final class LiveReader implements WebSocket.Listener, AutoCloseable {

    private static final Pattern TO = Pattern.compile("^\\{\"type\":\"batch\",\"from\":\"\\d+\",\"to\":\"(\\d+)\"");

    private final AtomicLong batches = new AtomicLong();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    LiveReader(HttpClient http, URI feed) {
        socket = http.newWebSocketBuilder().buildAsync(feed, this).join();
    }

    long batches() {
        return batches.get();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            Matcher batch = TO.matcher(text);
            if (batch.find()) {
                batches.incrementAndGet();
                from.sendText("{\"type\": \"ack\", \"to\": \"" + batch.group(1) + "\"}", true);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
