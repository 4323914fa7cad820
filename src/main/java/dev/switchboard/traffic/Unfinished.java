package dev.switchboard.traffic;

import java.util.Objects;

/**
 * What was left of a frame when its connection ended, so that a reader sees those bytes too. Their chunks were captured
 * when they were moved; this only says how the story of the frame ended.
 *
 * @param wire the bytes of the unfinished frame; its framing, where there was any, included
 */
public record Unfinished(long id, long at, ConnectionKey connection, Direction direction, Origin origin, byte[] wire)
        implements TrafficEvent {

    @Override
    public int frames() {
        return 1;
    }

    @Override
    public String endpoint() {
        return connection.endpoint();
    }

    @Override
    public int weight() {
        return wire.length;
    }

    /** As a frame that says of itself that it is not complete. */
    @Override
    public Frame frame(int index) {
        Objects.checkIndex(index, frames());
        return new Frame(id, at, connection, direction, origin, wire, 0, wire.length, wire.length, false);
    }
}
