package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A connection costs its decoder and no more, however many frames pass and however large they may be. */
class DecoderAllocationTest {

    private static final int ROUNDS = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long frames;

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "raw,,,,PING",
                "lf,,,,PING\\nPO\\nNG",
                "crlf,,,,PING\\r\\nPO\\r\\nNG",
                "nul,,,,PING\\0PO\\0NG",
                "delimiter,--,,,PING--PO--N-G",
                "stx-etx,,,,\\x02PING\\x03",
                "length,,2,,\\0\\x04PING",
                "fixed,,,3,PING",
                "json,,,,{\"a\":[1]} 12 true \"x\"[]"
            })
    void decodesWithoutAllocating(String type, String delimiter, Integer bytes, Integer size, String stream)
            throws FramingException {
        byte[] wire = PayloadEncoding.ESCAPED.decode(stream);
        Decoder decoder =
                new FramingDefinition(type, delimiter, bytes, size).framing().decoder(1 << 24);
        FrameSink sink = (end, header, trailer) -> frames++;
        decodeManyTimes(decoder, wire, sink);

        long before = threads.getCurrentThreadAllocatedBytes();
        decodeManyTimes(decoder, wire, sink);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(frames).isGreaterThanOrEqualTo(2 * ROUNDS);
        assertThat(allocated).as("bytes allocated in " + ROUNDS + " calls").isLessThan(ROUNDS);
    }

    private static void decodeManyTimes(Decoder decoder, byte[] wire, FrameSink sink) throws FramingException {
        for (int i = 0; i < ROUNDS; i++) {
            decoder.decode(wire, 0, wire.length, sink);
        }
    }
}
