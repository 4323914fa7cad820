package dev.switchboard.export;

import dev.switchboard.history.CaptureFile;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * A capture for Wireshark and its kin. Packets are chunks, as they were moved: where the filter looks into messages, a
 * packet is there if a message that is meant ends in it.
 */
final class PcapngExport implements ExportFormat {

    private static final int ENOUGH = 1 << 18;

    private final CaptureFile file = new CaptureFile();
    private final WritableByteChannel out;

    PcapngExport(OutputStream out) {
        this.out = new Straight(out);
    }

    @Override
    public void messages(TrafficEvent event, List<Frame> frames, boolean whole) throws IOException {
        if (whole || !frames.isEmpty()) {
            file.write(event);
        } else if (event instanceof Chunk chunk) {
            file.passOver(chunk);
        }
        if (file.waiting() > ENOUGH) {
            file.drainTo(out);
        }
    }

    @Override
    public void lifeCycle(LifeCycle event) {
        file.write(event);
    }

    @Override
    public void gap(Gap gap) {
        file.write(gap);
    }

    @Override
    public void step() throws IOException {
        file.drainTo(out);
        file.beginStretch();
    }

    @Override
    public void end() throws IOException {
        file.end();
        file.drainTo(out);
    }

    /** Hands arrays to a stream as they are; the JDK's own adapter copies them in pieces of 8 KiB. */
    private record Straight(OutputStream stream) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            int length = source.remaining();
            stream.write(source.array(), source.arrayOffset() + source.position(), length);
            source.position(source.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // The stream is somebody else's.
        }
    }
}
