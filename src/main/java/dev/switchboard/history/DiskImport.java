package dev.switchboard.history;

import dev.switchboard.traffic.TrafficEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traffic from elsewhere on its way into a file of a {@link DiskStore}, which has its own name once it is whole. */
final class DiskImport implements Import {

    private static final Logger log = LoggerFactory.getLogger(DiskImport.class);

    private final DiskImports imports;
    private final LogFile file;
    private final long firstId;
    private final LogLimits limits;
    private final SegmentCache cache;
    private final LogWriter writer;
    private final List<FileStretch> stretches = new ArrayList<>();
    private @Nullable Growing growing;

    /** What the store counts of it. */
    private long counted;

    private long nextId;
    private boolean over;
    /** Until it is part of history, or was given back. */
    private boolean numberUnused = true;

    /** @throws IOException if its file can't be made */
    DiskImport(DiskImports imports, LogFile file, long firstId, LogLimits limits, SegmentCache cache)
            throws IOException {
        this.imports = imports;
        this.file = file;
        this.firstId = firstId;
        this.limits = limits;
        this.cache = cache;
        this.nextId = firstId;
        Files.deleteIfExists(file.unfinished());
        this.writer = new LogWriter(file, file.unfinished(), new Conversations(), LogWriter.buffer());
    }

    @Override
    public long firstId() {
        return firstId;
    }

    @Override
    public void append(List<TrafficEvent> events) throws ImportTooLargeException {
        if (over) {
            throw new IllegalStateException("this import is over");
        }
        try {
            for (TrafficEvent event : events) {
                if (event.id() < nextId || event.lastId() >= firstId() + IDS) {
                    throw new IllegalArgumentException("id " + event.id() + " is out of order or out of range");
                }
                nextId = event.lastId() + 1;
                write(event);
            }
            flush();
        } catch (IOException e) {
            throw new HistoryUnwritableException("the import can't be written: " + e.getMessage(), e);
        }
    }

    private void write(TrafficEvent event) throws IOException, ImportTooLargeException {
        Growing stretch = growing;
        if (stretch != null && writer.size() - stretch.offset() >= limits.stretchBytes()) {
            flush();
            seal();
            stretch = null;
        }
        if (stretch == null) {
            stretch = new Growing(writer.beginStretch());
            growing = stretch;
        }
        stretch.add(event, writer.write(event));
        if (writer.full()) {
            flush();
        }
    }

    private void flush() throws IOException, ImportTooLargeException {
        long more = writer.size() - counted;
        imports.count(more);
        counted += more;
        writer.flush();
        if (growing != null) {
            growing.wrote();
        }
    }

    private void seal() {
        Growing stretch = growing;
        growing = null;
        if (stretch != null && !stretch.isEmpty()) {
            int length = (int) (writer.size() - stretch.offset());
            Outline outline = stretch.sealed().outline();
            stretches.add(new FileStretch(file, stretch.offset(), length, stretch.split(), outline, cache));
        }
    }

    @Override
    public void commit() {
        if (over) {
            throw new IllegalStateException("this import is over");
        }
        over = true;
        try {
            seal();
            writer.encoder().end();
            writer.flush();
            writer.channel().force(false);
            if (!stretches.isEmpty()) {
                Files.move(file.unfinished(), file.path(), StandardCopyOption.ATOMIC_MOVE);
                enter();
            }
        } catch (IOException e) {
            throw new HistoryUnwritableException("the import can't be written: " + e.getMessage(), e);
        }
    }

    /** Makes the file, which has its own name, part of history; else it must not be there at the next start. */
    private void enter() throws IOException {
        try {
            imports.commit(new LogEntry(file, writer.size(), stretches));
            numberUnused = false;
        } finally {
            if (numberUnused) {
                Files.deleteIfExists(file.path());
            }
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            imports.count(-counted);
            counted = 0;
            writer.channel().close();
            Files.deleteIfExists(file.unfinished());
            if (numberUnused) {
                numberUnused = false;
                imports.abandoned(file.number());
            }
        } catch (IOException | ImportTooLargeException e) {
            log.warn("{} could not be closed", file.unfinished(), e);
        }
    }
}
