package dev.switchboard.history;

import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link LifeCycle} event as a row of the index; its connection is a row of its own. */
final class EventRow {

    private static final Logger log = LoggerFactory.getLogger(EventRow.class);

    private EventRow() {}

    static void insert(Connection connection, List<LifeCycle> events) throws SQLException {
        try (PreparedStatement event = connection.prepareStatement(
                        "INSERT OR IGNORE INTO event (id, at, endpoint, connection, kind, call, detail, reason, took)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement key = connection.prepareStatement(
                        "INSERT OR IGNORE INTO connection (id, endpoint, transport, role, local, remote, opened_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (LifeCycle lifeCycle : events) {
                ConnectionKey of = lifeCycle.connection();
                event.setLong(1, lifeCycle.id());
                event.setLong(2, lifeCycle.at());
                event.setString(3, lifeCycle.endpoint());
                event.setString(4, of == null ? null : of.id());
                event.setString(5, lifeCycle.kind().name());
                event.setString(6, name(lifeCycle.call()));
                event.setString(7, lifeCycle.detail());
                event.setString(8, name(lifeCycle.reason()));
                event.setLong(9, lifeCycle.took());
                event.addBatch();
                if (of != null) {
                    key.setString(1, of.id());
                    key.setString(2, of.endpoint());
                    key.setString(3, of.transport().name());
                    key.setString(4, of.role().name());
                    key.setString(5, of.local());
                    key.setString(6, of.remote());
                    key.setLong(7, of.openedAt());
                    key.addBatch();
                }
            }
            key.executeBatch();
            event.executeBatch();
        }
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    static EventPage find(Connection connection, EventFilter filter, long before, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("""
                SELECT event.*, connection.id AS known, connection.transport, connection.role, connection.local,
                       connection.remote, connection.opened_at
                FROM event LEFT JOIN connection ON connection.id = event.connection
                WHERE event.id < ? AND event.at >= ? AND event.at < ?""");
        if (filter.endpoint() != null) {
            sql.append(" AND event.endpoint = ?");
        }
        if (filter.connection() != null) {
            sql.append(" AND event.connection = ?");
        }
        sql.append(" ORDER BY event.id DESC LIMIT ?");
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int parameter = 1;
            select.setLong(parameter++, before);
            select.setLong(parameter++, filter.since());
            select.setLong(parameter++, filter.until());
            if (filter.endpoint() != null) {
                select.setString(parameter++, filter.endpoint());
            }
            if (filter.connection() != null) {
                select.setString(parameter++, filter.connection());
            }
            select.setInt(parameter, limit + 1);
            List<LifeCycle> items = new ArrayList<>();
            int found = 0;
            long last = before;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (found == limit) {
                        return new EventPage(items, OptionalLong.of(last));
                    }
                    found++;
                    last = rows.getLong("id");
                    try {
                        items.add(read(rows));
                    } catch (IllegalArgumentException e) {
                        log.warn("event {} is damaged in the index of history: {}", last, e.getMessage());
                    }
                }
            }
            return new EventPage(items, OptionalLong.empty());
        }
    }

    private static LifeCycle read(ResultSet row) throws SQLException {
        String endpoint = row.getString("endpoint");
        String call = row.getString("call");
        String reason = row.getString("reason");
        ConnectionKey connection = row.getString("known") == null
                ? null
                : new ConnectionKey(
                        row.getString("known"),
                        endpoint,
                        Transport.valueOf(row.getString("transport")),
                        Role.valueOf(row.getString("role")),
                        row.getString("local"),
                        row.getString("remote"),
                        row.getLong("opened_at"));
        return new LifeCycle(
                row.getLong("id"),
                row.getLong("at"),
                endpoint,
                connection,
                LifeCycle.Kind.valueOf(row.getString("kind")),
                call == null ? null : LifeCycle.Call.valueOf(call),
                row.getString("detail"),
                reason == null ? null : CloseReason.valueOf(reason),
                row.getLong("took"));
    }

    /** Keeps the newest {@code keep} of those that are not before a time, and the connections they speak of. */
    static void trim(Connection connection, long before, int keep) throws SQLException {
        int gone;
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM event WHERE id > ? AND (at < ? OR id <= "
                        + "(SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET ?))")) {
            delete.setLong(1, ImportIds.LAST);
            delete.setLong(2, before);
            delete.setInt(3, keep);
            gone = delete.executeUpdate();
        }
        if (gone > 0) {
            try (Statement delete = connection.createStatement()) {
                delete.executeUpdate("DELETE FROM connection WHERE NOT EXISTS"
                        + " (SELECT 1 FROM event WHERE event.connection = connection.id)");
            }
        }
    }
}
