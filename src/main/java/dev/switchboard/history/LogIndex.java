package dev.switchboard.history;

import dev.switchboard.traffic.LifeCycle;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The index beside the log, in SQLite: what stands in which file, so that a start need not read them, and the
 * life-cycle events. All of it but events older than the log can be made anew from the log.
 *
 * <p>Every method works in a transaction of its own. Those that change something are called by whoever holds the
 * store's lock; {@link #events} by any thread, on a connection of its own, so that it holds up nobody who writes.
 */
final class LogIndex implements AutoCloseable {

    /** What is known of a file: how long it was when it was closed, and its stretches. */
    record Known(long length, List<FileStretch> stretches) {}

    /** What was dropped to stay within the bounds. */
    record Forgotten(long upTo, long frames) {
        static final Forgotten NOTHING = new Forgotten(0, 0);
    }

    /** A change. */
    interface Change {
        void apply(Connection connection) throws SQLException;
    }

    /** The number of the newest script in {@code db/history}. */
    static final int SCHEMA = 2;

    private static final Logger log = LoggerFactory.getLogger(LogIndex.class);

    private final Connection writing;
    private final Connection reading;
    private final ReentrantLock readLock = new ReentrantLock();

    private LogIndex(Connection writing, Connection reading) {
        this.writing = writing;
        this.reading = reading;
    }

    /**
     * Opens it, makes it if it is missing, and brings it up to {@link #SCHEMA}. The caller closes it.
     *
     * @throws NewerStoreException if it is beyond that; then nothing was written
     */
    static LogIndex open(Path file) throws SQLException, NewerStoreException {
        SQLiteDataSource source = source("jdbc:sqlite:" + file);
        int found = schema(source);
        if (found > SCHEMA) {
            throw new NewerStoreException(file, found, SCHEMA);
        }
        if (found < SCHEMA) {
            migrate(source);
        }
        Connection writing = source.getConnection();
        try {
            writing.setAutoCommit(false);
            return new LogIndex(writing, source.getConnection());
        } catch (SQLException e) {
            writing.close();
            throw e;
        }
    }

    /** Which script was the last to be run, 0 if none ever was. */
    private static int schema(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery(
                    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'flyway_schema_history'")) {
                if (!table.next()) {
                    return 0;
                }
            }
            try (ResultSet newest = statement.executeQuery(
                    "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success")) {
                return newest.next() ? newest.getInt(1) : 0;
            }
        }
    }

    private static void migrate(SQLiteDataSource source) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/history")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            // FlywayException as a rule, but what it finds may be damaged in ways that nobody thought of.
            throw new SQLException("the index can't be opened: " + e.getMessage(), e);
        }
    }

    private static SQLiteDataSource source(String url) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // A power cut may cost the last transactions, never the file; the log has them.
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(5_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    /** @throws SQLException that tells of damage, if there is any */
    void check() throws SQLException {
        try (Statement statement = writing.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!row.next() || !row.getString(1).equals("ok")) {
                throw new SQLException("[SQLITE_CORRUPT] " + row.getString(1));
            }
        } finally {
            writing.rollback();
        }
    }

    /** Makes all of the changes, or none. */
    void change(Change changes) throws SQLException {
        try {
            changes.apply(writing);
            writing.commit();
        } catch (SQLException e) {
            writing.rollback();
            throw e;
        }
    }

    /** By the names of files; nothing, and nothing is kept of them, where a row is damaged. */
    Map<String, Known> files(Path directory, SegmentCache cache) throws SQLException {
        Map<String, Known> files = new HashMap<>();
        try (Statement statement = writing.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT name, length FROM file")) {
                while (rows.next()) {
                    files.put(rows.getString(1), new Known(rows.getLong(2), new ArrayList<>()));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT * FROM stretch ORDER BY file, offset")) {
                while (rows.next()) {
                    FileStretch stretch = StretchRow.read(rows, directory, cache);
                    files.computeIfAbsent(stretch.file().name(), unclosed -> new Known(-1, new ArrayList<>()))
                            .stretches()
                            .add(stretch);
                }
            }
        } catch (StretchRow.DamagedException e) {
            // Of which file it spoke may be what is damaged. The life-cycle events stay: some are nowhere else.
            log.warn("the index of history is damaged in what it says of files, which are read: {}", e.getMessage());
            change(nothingKnown());
            return new HashMap<>();
        }
        writing.rollback();
        return files;
    }

    Forgotten forgotten() throws SQLException {
        try (Statement statement = writing.createStatement();
                ResultSet row = statement.executeQuery("SELECT up_to, frames FROM forgotten")) {
            return row.next() ? new Forgotten(row.getLong(1), row.getLong(2)) : Forgotten.NOTHING;
        } finally {
            writing.rollback();
        }
    }

    static Change setForgotten(long upTo, long frames) {
        return connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE forgotten SET up_to = ?, frames = ?")) {
                update.setLong(1, upTo);
                update.setLong(2, frames);
                update.executeUpdate();
            }
        };
    }

    static Change add(List<FileStretch> stretches) {
        return connection -> StretchRow.insert(connection, stretches);
    }

    /** Says how long files are that will not grow any more. */
    static Change closed(List<LogEntry> entries) {
        return connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO file (name, length) VALUES (?, ?)")) {
                for (LogEntry entry : entries) {
                    insert.setString(1, entry.file().name());
                    insert.setLong(2, entry.length());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        };
    }

    static Change dropped(LogFile file) {
        return connection -> {
            for (String sql : List.of("DELETE FROM file WHERE name = ?", "DELETE FROM stretch WHERE file = ?")) {
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                    delete.setString(1, file.name());
                    delete.executeUpdate();
                }
            }
        };
    }

    /** Forgets everything about files, as a beginning of making it anew. */
    static Change nothingKnown() {
        return connection -> {
            try (Statement delete = connection.createStatement()) {
                delete.executeUpdate("DELETE FROM file");
                delete.executeUpdate("DELETE FROM stretch");
            }
        };
    }

    /** Those that are there already stay as they are. */
    static Change addEvents(List<LifeCycle> events) {
        return connection -> EventRow.insert(connection, events);
    }

    /** Drops the events of a file of traffic from elsewhere. */
    static Change dropEvents(long firstId, long lastId) {
        return connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM event WHERE id BETWEEN ? AND ?")) {
                delete.setLong(1, firstId);
                delete.setLong(2, lastId);
                delete.executeUpdate();
            }
        };
    }

    /** Drops events that are too old, or too many; not those of traffic from elsewhere. */
    static Change trimEvents(long before, int keep) {
        return connection -> EventRow.trim(connection, before, keep);
    }

    EventPage events(EventFilter filter, long before, int limit) throws SQLException {
        readLock.lock();
        try {
            return EventRow.find(reading, filter, before, limit);
        } finally {
            readLock.unlock();
        }
    }

    /**
     * Whether the reason is that the file is no database, or no longer a whole one, or not ours. That it can't be
     * written, or that another has it, is no damage: events older than the log are nowhere else.
     */
    static boolean damaged(SQLException e) {
        boolean otherwise = false;
        boolean unlike = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("SQLITE_CORRUPT") || message.contains("SQLITE_NOTADB")) {
                return true;
            }
            // What the database can't make sense of: a table that is not there, or there though it should not be.
            boolean nonsense = message.contains("SQLITE_ERROR");
            otherwise |= message.contains("SQLITE_") && !nonsense;
            unlike |= nonsense || cause instanceof RuntimeException;
        }
        return unlike && !otherwise;
    }

    @Override
    public void close() throws SQLException {
        readLock.lock();
        try (writing;
                reading) {
            writing.rollback();
        } finally {
            readLock.unlock();
        }
    }
}
