package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what the page does all the time: takes each batch of the live feed and acknowledges it. */
final class LivePages implements Trouble {

    private static final Pattern BATCH =
            Pattern.compile("^\\{\"type\":\"batch\",\"from\":\"(\\d+)\",\"to\":\"(\\d+)\"");

    @Override
    public boolean standing() {
        return true;
    }

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public void once(Field field) throws Exception {
        Reader reader = new Reader(field.tally());
        WebSocket socket = field.api().live(reader);
        try {
            long seen = 0;
            while (!field.isOver() && !reader.ended.isDone()) {
                Slowness.of(Duration.ofMillis(500));
                seen = Math.max(seen, reader.to.get());
            }
            Wrong.unless(!reader.ended.isDone(), "the live feed ended: %s", reader.ended.getNow(""));
            Wrong.unless(seen > 0, "no batch ever came");
        } finally {
            socket.abort();
        }
    }

    private static final class Reader implements WebSocket.Listener {

        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final AtomicLong to = new AtomicLong();
        private final StringBuilder text = new StringBuilder();
        private final Tally tally;

        private Reader(Tally tally) {
            this.tally = tally;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                Matcher batch = BATCH.matcher(text);
                if (batch.find()) {
                    drawn(from, Long.parseLong(batch.group(1)), Long.parseLong(batch.group(2)));
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void drawn(WebSocket from, long first, long last) {
            if (first <= to.get()) {
                ended.complete("a batch from " + first + " came after one to " + to);
            }
            to.set(last);
            tally.checked.increment();
            from.sendText("{\"type\": \"ack\", \"to\": \"" + last + "\"}", true);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            ended.complete("closed with " + status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended.complete(error.toString());
        }
    }
}
