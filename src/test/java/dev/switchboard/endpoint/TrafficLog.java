package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Batch;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.LifeCycle.Kind;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the capture took down of one endpoint since this was made. Used by one thread, which reads it by waiting. */
final class TrafficLog implements AutoCloseable {

    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Follower follower;
    private final String endpoint;
    private final List<TrafficEvent> events = new ArrayList<>();
    private long lastId;
    private long lastAt;
    private long bytesIn;
    private long framesIn;
    private long framesOut;

    TrafficLog(Capture capture, String endpoint) {
        this.follower = capture.follow();
        this.endpoint = endpoint;
    }

    List<TrafficEvent> events() {
        return events;
    }

    long bytesIn() {
        return bytesIn;
    }

    long framesIn() {
        return framesIn;
    }

    long framesOut() {
        return framesOut;
    }

    /** Reads on until {@code condition} holds; asks for nothing that is not taken down in time. */
    void until(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Board.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("nanoseconds late: %s; so far %s", what, kinds())
                    .isNegative();
            var _ = read(A_MOMENT);
        }
    }

    /** What there is already. */
    void readOn() throws InterruptedException {
        while (read(Duration.ZERO) > 0) {
            // There may be more.
        }
    }

    private int read(Duration patience) throws InterruptedException {
        Batch batch = follower.next(1 << 14, Duration.ZERO, patience);
        assertThat(batch.skipped()).isZero();
        batch.events().forEach(this::add);
        return batch.events().size();
    }

    private void add(TrafficEvent event) {
        assertThat(event.id()).isGreaterThan(lastId);
        assertThat(event.at()).isGreaterThanOrEqualTo(lastAt);
        lastId = event.lastId();
        lastAt = event.at();
        if (!event.endpoint().equals(endpoint)) {
            return;
        }
        events.add(event);
        if (event instanceof Chunk chunk) {
            if (chunk.direction() == Direction.IN) {
                bytesIn += chunk.bytes().length;
                framesIn += chunk.frames();
            } else {
                framesOut += chunk.frames();
            }
        }
    }

    List<LifeCycle> steps() {
        return events.stream()
                .filter(LifeCycle.class::isInstance)
                .map(LifeCycle.class::cast)
                .toList();
    }

    /** What happened to its connections. */
    List<Kind> kinds() {
        return steps().stream()
                .filter(step -> step.connection() != null)
                .map(LifeCycle::kind)
                .toList();
    }

    boolean saw(Kind kind) {
        return steps().stream().anyMatch(step -> step.kind() == kind);
    }

    /** How its only connection ended. */
    LifeCycle end() {
        List<LifeCycle> ends =
                steps().stream().filter(step -> step.kind().end()).toList();
        assertThat(ends).hasSize(1);
        return ends.getFirst();
    }

    long ended() {
        return steps().stream().filter(step -> step.kind().end()).count();
    }

    List<Chunk> chunks(Direction direction) {
        return events.stream()
                .filter(event -> event instanceof Chunk chunk && chunk.direction() == direction)
                .map(Chunk.class::cast)
                .toList();
    }

    byte[] bytes(Direction direction) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks(direction).forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }

    /** The complete ones. */
    List<Frame> frames(Direction direction) {
        List<Frame> frames = new ArrayList<>();
        chunks(direction).forEach(chunk -> {
            for (int i = 0; i < chunk.frames(); i++) {
                frames.add(chunk.frame(i));
            }
        });
        return frames;
    }

    /** What was left of frames that never ended. */
    List<Unfinished> unfinished(Direction direction) {
        return events.stream()
                .filter(event -> event instanceof Unfinished rest && rest.direction() == direction)
                .map(Unfinished.class::cast)
                .toList();
    }

    @Override
    public void close() {
        follower.close();
    }
}
