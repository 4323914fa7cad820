package dev.switchboard.traffic;

import org.jspecify.annotations.Nullable;

/**
 * A step in the life of a socket in the words of the API.
 *
 * @param id sorts in the order of capture, among the messages
 * @param at RFC 3339 in UTC, with microseconds
 * @param connection null for what belongs to the endpoint itself
 * @param call the socket call it stands for, such as {@code accept}; null when none was made
 */
public record EventView(
        String id,
        String at,
        String endpoint,
        @Nullable String connection,
        String type,
        @Nullable String call,
        String detail) {

    public static EventView of(LifeCycle event) {
        ConnectionKey key = event.connection();
        LifeCycle.Call call = event.call();
        return new EventView(
                Long.toString(event.id()),
                UtcMicros.text(event.at()),
                event.endpoint(),
                key == null ? null : key.id(),
                event.kind().word(),
                call == null ? null : call.word(),
                event.detail());
    }
}
