package dev.switchboard.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                insert.setBytes(13, contents(outline.index()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static FileStretch read(ResultSet row, LogFile file, SegmentCache cache) throws SQLException {
        Outline.Tally tally = new Outline.Tally(
                row.getLong("cost"), row.getLong("frames"), row.getInt("life_cycles"), row.getInt("gaps"));
        Outline outline = new Outline(
                row.getLong("first_id"),
                row.getLong("last_id"),
                row.getLong("first_at"),
                row.getLong("last_at"),
                tally,
                index(row.getBytes("contents")));
        return new FileStretch(
                file, row.getLong("offset"), row.getInt("length"), row.getInt("split") != 0, outline, cache);
    }

    /** Hashes ascend, so what is written is how far each is from the one before. */
    private static byte[] contents(Outline.@Nullable Index index) {
        Body body = new Body();
        if (index != null) {
            body.number(index.endpoints().size());
            index.endpoints()
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
        return Arrays.copyOf(body.bytes(), body.size());
    }

    private static Outline.Index index(byte[] contents) throws SQLException {
        try {
            BodyReader body = new BodyReader(contents, 0, contents.length);
            Map<String, Sums> endpoints = new HashMap<>();
            for (int i = body.integer(); i > 0; i--) {
                endpoints.put(
                        body.text(),
                        new Sums(body.number(), body.number(), body.number(), body.number(), body.number()));
            }
            int[] hashes = new int[body.integer()];
            int before = Integer.MIN_VALUE;
            for (int i = 0; i < hashes.length; i++) {
                before += (int) body.number();
                hashes[i] = before;
            }
            return new Outline.Index(Map.copyOf(endpoints), hashes);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new SQLException("[SQLITE_CORRUPT] a stretch that can't be understood", e);
        }
    }
}
