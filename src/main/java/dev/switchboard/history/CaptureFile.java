package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Traffic as one pcapng file for others to read, written as history itself keeps it: a packet for each chunk, an
 * interface for each endpoint, handshakes and ends drawn from the lives of connections, and what only we know in blocks
 * that other programs pass over. Gathers in memory until it is drained. Used by one thread.
 */
public final class CaptureFile {

    private final BlockWriter out = new BlockWriter(1 << 20);
    private final EventEncoder encoder = new EventEncoder(new Conversations(), out);

    /** Begins the file. */
    public CaptureFile() {
        encoder.beginStretch();
    }

    /** Adds an event; ids increase. */
    public void write(TrafficEvent event) {
        encoder.write(event);
    }

    /** Leaves out a chunk between others of its connection: readers see that something is missing there. */
    public void passOver(Chunk chunk) {
        encoder.skip(chunk, chunk.bytes().length);
    }

    /** Ends the file. */
    public void end() {
        encoder.end();
    }

    /** Forgets which connections were named, so that it need not remember all of them; they are named anew. */
    public void beginStretch() {
        encoder.beginStretch();
    }

    /** How many bytes wait to be drained. */
    public int waiting() {
        return out.size();
    }

    /** Writes what waits. */
    public void drainTo(WritableByteChannel channel) throws IOException {
        out.drainTo(channel);
    }
}
