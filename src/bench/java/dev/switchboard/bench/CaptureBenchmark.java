package dev.switchboard.bench;

import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Follower;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.Way;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Taking down one chunk: its record, its marks, its place in the ring. The bytes themselves were allocated by whoever
 * read them and are not counted here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class CaptureBenchmark {

    private static final int LINE = 64;

    /** Whether somebody reads behind, as history does. */
    @Param({"false", "true"})
    public boolean keeper;

    /** Frames in a chunk; ping-pong has one, a full buffer of lines 1000. */
    @Param({"1", "16", "1000"})
    public int frames;

    private final Capture capture = new Capture(64 << 20, 1 << 18);
    private final FrameEnds.Builder ends = new FrameEnds.Builder();
    private final Way way = new Way(
            new ConnectionKey("c-1", "echo", Transport.TCP, Role.ACCEPTED, "127.0.0.1:1", "127.0.0.1:2", 0),
            Direction.IN);
    private byte[] bytes = new byte[0];
    private @Nullable Thread reader;
    private volatile boolean stopping;

    @Setup
    public void prepare() {
        bytes = new byte[LINE * frames];
        if (keeper) {
            Follower follower = capture.keep();
            reader = Thread.ofPlatform().daemon().start(() -> read(follower));
        }
    }

    private void read(Follower follower) {
        try {
            while (!stopping) {
                follower.next(8192, Duration.ofMillis(10), Duration.ofMillis(100));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @TearDown
    public void stop() throws InterruptedException {
        stopping = true;
        if (reader != null) {
            reader.join();
        }
    }

    /** One operation is one chunk. */
    @Benchmark
    public Chunk moved() {
        // As whoever reads a socket does.
        while (capture.congested()) {
            Thread.onSpinWait();
        }
        for (int i = 1; i <= frames; i++) {
            ends.add(i * LINE, 0, 1, Origin.PEER);
        }
        return capture.moved(way, bytes, ends.build());
    }
}
