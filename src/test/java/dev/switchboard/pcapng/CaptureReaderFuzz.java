package dev.switchboard.pcapng;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * Any file: it is read to its end, or found damaged with a place and a reason; what the packets hold lies within them;
 * and none of it costs much more than the file has bytes.
 */
public final class CaptureReaderFuzz {

    private static final long ANYWAY = 8_000_000;

    private CaptureReaderFuzz() {}

    public static void fuzzerTestOneInput(byte[] file) throws IOException {
        // The first time classes are loaded, too.
        if (cost(file) > most(file)) {
            assertThat(cost(file)).isLessThanOrEqualTo(most(file));
        }
    }

    private static long most(byte[] file) {
        return ANYWAY + 400L * file.length;
    }

    private static long cost(byte[] file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        read(file);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(byte[] file) throws IOException {
        Dissector dissector = new Dissector();
        int items = 0;
        try {
            CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file));
            for (CaptureItem item = reader.next(); item != null; item = reader.next()) {
                items++;
                if (item instanceof CaptureItem.Packet packet) {
                    assertThat(packet.data().length).isBetween(0, file.length);
                    look(dissector.dissect(packet));
                }
            }
            assertThat(reader.offset()).isEqualTo(file.length);
        } catch (DamagedCaptureException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.offset()).isBetween(0L, (long) file.length);
        }
        assertThat(items).isLessThanOrEqualTo(1 + file.length / 12);
    }

    private static void look(Dissected dissected) {
        switch (dissected) {
            case Dissected.TcpSegment segment ->
                within(segment.array(), segment.from(), segment.to(), segment.length());
            case Dissected.UdpDatagram datagram ->
                within(datagram.array(), datagram.from(), datagram.to(), datagram.length());
            case Dissected.Other _ -> {}
        }
    }

    private static void within(byte[] array, int from, int to, int length) {
        assertThat(from).isBetween(0, to);
        assertThat(to).isLessThanOrEqualTo(array.length);
        assertThat(length).isGreaterThanOrEqualTo(to - from);
    }
}
