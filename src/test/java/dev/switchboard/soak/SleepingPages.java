package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A page in a tab nobody looks at: batches come and are never acknowledged, or not even read. */
final class SleepingPages implements Trouble {

    private static final int MOST_UNACKNOWLEDGED = 4;

    @Override
    public int workers() {
        return 2;
    }

    @Override
    public void once(Field field) throws Exception {
        boolean reads = field.random().nextBoolean();
        AtomicInteger batches = new AtomicInteger();
        WebSocket socket = field.api().live(new WebSocket.Listener() {

            private final StringBuilder text = new StringBuilder();

            @Override
            public void onOpen(WebSocket from) {
                if (reads) {
                    from.request(1);
                }
            }

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    batches.addAndGet(text.indexOf("{\"type\":\"batch\"") == 0 ? 1 : 0);
                    text.setLength(0);
                }
                from.request(1);
                return null;
            }
        });
        try {
            for (int i = 0; i < 20 && !field.isOver(); i++) {
                Slowness.of(Duration.ofMillis(100));
            }
        } finally {
            socket.abort();
        }
        Wrong.unless(
                batches.get() <= MOST_UNACKNOWLEDGED, "%d batches came though none was acknowledged", batches.get());
        field.tally().checked.increment();
    }
}
