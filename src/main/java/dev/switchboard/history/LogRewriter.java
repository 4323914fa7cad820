package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes a file of the log anew without what is to be forgotten. Until it is whole, and on the disk, the new one has a
 * name that nobody takes for a file of the log. Used by one thread, without the store's lock.
 */
final class LogRewriter {

    private final LogEntry old;
    private final Forgetting forgetting;
    private final SegmentCache cache;
    private final BlockWriter out = new BlockWriter(1 << 16);
    private final List<FileStretch> stretches = new ArrayList<>();
    private long flushed;

    LogRewriter(LogEntry old, Forgetting forgetting, SegmentCache cache) {
        this.old = old;
        this.forgetting = forgetting;
        this.cache = cache;
    }

    /**
     * Writes the new file, under its own name.
     *
     * @return the new file; with no stretches, and not there at all, when nothing is left
     * @throws Stretch.GoneException if the old one was dropped meanwhile
     */
    LogEntry rewrite() throws IOException {
        LogFile file = old.file().next();
        Path unfinished = file.unfinished();
        try {
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                write(file, channel);
                channel.force(true);
            }
            if (!stretches.isEmpty()) {
                Files.move(unfinished, file.path(), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return new LogEntry(file, stretches.isEmpty() ? 0 : flushed, stretches);
    }

    private void write(LogFile file, FileChannel channel) throws IOException {
        EventEncoder encoder = new EventEncoder(new Conversations(), out);
        for (FileStretch stretch : old.stretches()) {
            write(stretch, file, encoder);
            flush(channel);
        }
        encoder.end();
        flush(channel);
    }

    /** What is damaged can't be read, so it can't be kept. */
    private void write(FileStretch stretch, LogFile file, EventEncoder encoder) {
        Growing left = new Growing(flushed + out.size());
        encoder.beginStretch();
        writeWhatStays(stretch.reader(), left, encoder);
        if (!left.isEmpty()) {
            int length = (int) (flushed + out.size() - left.offset());
            stretches.add(new FileStretch(
                    file, left.offset(), length, left.split(), left.sealed().outline(), cache));
        }
    }

    private void writeWhatStays(EventReader reader, Growing left, EventEncoder encoder) {
        List<TrafficEvent> events = new ArrayList<>();
        List<List<LogPeer>> begun = new ArrayList<>();
        int known = 0;
        for (TrafficEvent event = reader.next(); event != null; event = reader.next()) {
            List<LogPeer> peers = reader.peers();
            events.add(event);
            begun.add(List.copyOf(peers.subList(Math.min(known, peers.size()), peers.size())));
            known = peers.size();
        }
        BitSet inOrder = Ascending.in(events);
        for (int i = 0; i < events.size(); i++) {
            begun.get(i).stream().filter(peer -> !peer.lost()).forEach(encoder::continueFrom);
            if (inOrder.get(i)) {
                writeWhatStays(events.get(i), left, encoder);
            }
        }
    }

    /** Every byte that stays keeps its place in the stream, so what is missing shows where it was. */
    private void writeWhatStays(TrafficEvent event, Growing left, EventEncoder encoder) {
        int at = 0;
        for (TrafficEvent piece : forgetting.leave(event)) {
            if (event instanceof Chunk chunk && piece instanceof Chunk part) {
                int start = Pieces.start(chunk, part);
                skip(chunk, start - at, encoder);
                at = start + part.bytes().length;
            }
            int before = out.size();
            encoder.write(piece);
            left.add(piece, out.size() - before);
        }
        if (event instanceof Chunk chunk) {
            skip(chunk, chunk.bytes().length - at, encoder);
        }
    }

    private static void skip(Chunk chunk, int bytes, EventEncoder encoder) {
        if (bytes > 0) {
            encoder.skip(chunk, bytes);
        }
    }

    private void flush(FileChannel channel) throws IOException {
        int size = out.size();
        out.drainTo(channel);
        flushed += size;
    }
}
