package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A peer that says all it has to say, then FIN, and reads the answers only then. */
final class HalfClosers implements Trouble {

    @Override
    public void once(Field field) throws Exception {
        for (int i = 0; i < 5 && !field.isOver(); i++) {
            Frames frames = new Frames(Frames.Wire.LF, field.random());
            byte[] sent = frames.next(field.upTo(2_000));
            try (Line line = Line.to(field, "echo-lf")) {
                // On another thread, for both sides may fill up while nobody reads.
                CompletableFuture<Void> sending = CompletableFuture.runAsync(
                        () -> {
                            try {
                                line.send(sent).halfClose();
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        },
                        task -> Thread.ofVirtual().start(task));
                byte[] read = line.readAll();
                sending.get();
                Wrong.unless(
                        Arrays.equals(sent, read),
                        "%d bytes were sent before a FIN, and %d came back or others",
                        sent.length,
                        read.length);
                field.tally().checked.add(frames.count());
            }
        }
    }
}
