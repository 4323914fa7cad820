package dev.switchboard.bench;

import dev.switchboard.framing.Decoder;
import dev.switchboard.framing.FrameSink;
import dev.switchboard.framing.Framing;
import dev.switchboard.framing.FramingException;
import dev.switchboard.framing.UnframeableException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the ends of frames: one operation is one frame, of a chunk that holds {@value #FRAMES}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class DecoderBenchmark {

    static final int FRAMES = 64;

    @Param({"raw", "lf", "crlf", "nul", "delimiter", "stx-etx", "length", "fixed", "json"})
    public String framing = "";

    /** Payload bytes of a frame. */
    @Param({"64", "1024"})
    public int payload;

    private byte[] chunk = new byte[0];
    private Decoder decoder = new Framing.Raw().decoder(1);
    private int found;
    private final FrameSink sink = (end, header, trailer) -> found++;

    @Setup
    public void prepare() throws UnframeableException {
        Framing cut = switch (framing) {
            case "raw" -> new Framing.Raw();
            case "lf" -> new Framing.Lf();
            case "crlf" -> new Framing.Crlf();
            case "nul" -> new Framing.Nul();
            case "delimiter" -> new Framing.Delimiter(new byte[] {'-', '-', '*'});
            case "stx-etx" -> new Framing.StxEtx();
            case "length" -> new Framing.Length(2);
            case "fixed" -> new Framing.Fixed(payload);
            default -> new Framing.Json();
        };
        byte[] content = new byte[payload];
        Arrays.fill(content, (byte) 'x');
        if (framing.equals("json")) {
            content[0] = '"';
            content[payload - 1] = '"';
        }
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES; i++) {
            wire.writeBytes(cut.frame(content).wire());
        }
        chunk = wire.toByteArray();
        decoder = cut.decoder(1 << 20);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int decode() throws FramingException {
        found = 0;
        decoder.decode(chunk, 0, chunk.length, sink);
        return found;
    }
}
