package dev.switchboard.history;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A {@link FileStretch} as a row of the index. */
final class StretchRow {

    private StretchRow() {}

    static void insert(Connection connection, List<FileStretch> stretches) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT OR REPLACE INTO stretch
                  (file, offset, length, split, first_id, last_id, first_at, last_at, cost, frames, life_cycles, gaps, contents)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (FileStretch stretch : stretches) {
                Outline outline = stretch.outline();
                insert.setString(1, stretch.file().name());
                insert.setLong(2, stretch.offset());
                insert.setInt(3, stretch.length());
                insert.setInt(4, stretch.split() ? 1 : 0);
                insert.setLong(5, outline.firstId());
                insert.setLong(6, outline.lastId());
                insert.setLong(7, outline.firstAt());
                insert.setLong(8, outline.lastAt());
                insert.setLong(9, outline.tally().cost());
                insert.setLong(10, outline.tally().frames());
                insert.setInt(11, outline.tally().lifeCycles());
                insert.setInt(12, outline.tally().gaps());
                insert.setBytes(13, contents(stretch));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** A row that can't be what was written; the file says what it should be. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedException(String what, @Nullable Throwable cause) {
            super(what, cause);
        }
    }

    static FileStretch read(ResultSet row, Path directory, SegmentCache cache) throws SQLException, DamagedException {
        Outline.Tally tally = new Outline.Tally(
                row.getLong("cost"), row.getLong("frames"), row.getInt("life_cycles"), row.getInt("gaps"));
        byte[] contents = row.getBytes("contents");
        try {
            LogFile file = LogFile.of(directory.resolve(row.getString("file")))
                    .orElseThrow(() -> new IllegalArgumentException("of no file of the log"));
            BodyReader body = new BodyReader(contents, 0, contents.length);
            Outline outline = new Outline(
                    row.getLong("first_id"),
                    row.getLong("last_id"),
                    row.getLong("first_at"),
                    row.getLong("last_at"),
                    tally,
                    index(body, contents.length));
            FileStretch stretch = new FileStretch(
                    file, row.getLong("offset"), row.getInt("length"), row.getInt("split") != 0, outline, cache);
            // Rows of older versions end here.
            if (body.more() && body.number() != sum(stretch)) {
                throw new DamagedException("a row that does not add up", null);
            }
            return stretch;
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new DamagedException("a row that can't be understood: " + e.getMessage(), e);
        }
    }

    /** Of all that the row says, for the database does not notice when something else stands there. */
    private static long sum(FileStretch stretch) {
        Outline outline = stretch.outline();
        Outline.Tally tally = outline.tally();
        Body body = new Body()
                .text(stretch.file().name())
                .number(stretch.offset())
                .number(stretch.length())
                .number(stretch.split() ? 1 : 0)
                .number(outline.firstId())
                .number(outline.lastId())
                .number(outline.firstAt())
                .number(outline.lastAt())
                .number(tally.cost())
                .number(tally.frames())
                .number(tally.lifeCycles())
                .number(tally.gaps());
        write(outline.index(), body);
        CRC32C sum = new CRC32C();
        sum.update(body.bytes(), 0, body.size());
        return sum.getValue();
    }

    private static byte[] contents(FileStretch stretch) {
        Body body = new Body();
        write(stretch.outline().index(), body);
        body.number(sum(stretch));
        return Arrays.copyOf(body.bytes(), body.size());
    }

    /** Hashes ascend, so what is written is how far each is from the one before. */
    private static void write(Outline.@Nullable Index index, Body body) {
        if (index == null) {
            return;
        }
        body.number(index.endpoints().size());
        new TreeMap<>(index.endpoints())
                .forEach((endpoint, sums) -> body.text(endpoint)
                        .number(sums.framesIn())
                        .number(sums.bytesIn())
                        .number(sums.framesOut())
                        .number(sums.bytesOut())
                        .number(sums.missed()));
        int before = Integer.MIN_VALUE;
        body.number(index.connections().length);
        for (int hash : index.connections()) {
            body.number(hash - before & 0xFFFF_FFFFL);
            before = hash;
        }
    }

    private static Outline.Index index(BodyReader body, int most) {
        Map<String, Sums> endpoints = new HashMap<>();
        for (int i = body.integer(); i > 0; i--) {
            endpoints.put(
                    body.text(), new Sums(body.number(), body.number(), body.number(), body.number(), body.number()));
        }
        // One that is damaged may be any number; each takes an octet at least.
        int[] hashes = new int[Objects.checkIndex(body.integer(), most + 1)];
        int before = Integer.MIN_VALUE;
        for (int i = 0; i < hashes.length; i++) {
            before += (int) body.number();
            hashes[i] = before;
        }
        return new Outline.Index(Map.copyOf(endpoints), hashes);
    }
}
