package dev.switchboard.export;

import dev.switchboard.history.Import;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Unfinished;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link dev.switchboard.traffic.Capture} is for our own traffic: gives ids to what comes from elsewhere, in the
 * order in which it comes, sees to it that times do not step back, and adds up. It gathers portions; whoever feeds it
 * calls {@link #handOn} between any two things that may bring much. Used by one thread.
 */
final class Intake {

    private static final int PORTION_EVENTS = 512;
    private static final int PORTION_BYTES = 1 << 20;

    /**
     * An end of time that is {@link Long#MAX_VALUE} stands for none, and nothing is before it but what is before that:
     * of what claims to be later nobody would ever hear.
     */
    private static final long LATEST = Long.MAX_VALUE - 1_000_000_000;

    private final Import target;
    private List<TrafficEvent> portion = new ArrayList<>();
    private long portionBytes;

    private long nextId;
    private boolean begun;
    private long firstAt;
    private long lastAt;

    private long frames;
    private long bytes;
    private long gaps;
    private long lateTimes;
    private final Set<String> endpoints = new LinkedHashSet<>();

    Intake(Import target) {
        this.target = target;
        this.nextId = target.firstId();
    }

    /**
     * The time under which something that happened at {@code at} is kept: that, or the time of what is ahead of it if
     * that is later. Nanoseconds since the epoch.
     */
    long time(long at) {
        long possible = Math.min(at, LATEST);
        if (begun && possible < lastAt) {
            lateTimes++;
        } else {
            lastAt = possible;
        }
        begun = true;
        return lastAt;
    }

    /** The time of what came last. */
    long now() {
        return lastAt;
    }

    void chunk(
            ConnectionKey connection,
            Direction direction,
            byte[] moved,
            FrameEnds ends,
            byte @Nullable [] straddler,
            long at) {
        add(new Chunk(nextId, at, connection, direction, moved, ends, straddler));
        bytes += moved.length;
    }

    void unfinished(ConnectionKey connection, Direction direction, Origin origin, byte[] wire, long at) {
        add(new Unfinished(nextId, at, connection, direction, origin, wire));
    }

    void lifeCycle(
            String endpoint,
            @Nullable ConnectionKey connection,
            LifeCycle.Kind kind,
            LifeCycle.@Nullable Call call,
            String detail,
            @Nullable CloseReason reason,
            long at) {
        lifeCycle(endpoint, connection, kind, call, detail, reason, at, LifeCycle.UNTIMED);
    }

    void lifeCycle(
            String endpoint,
            @Nullable ConnectionKey connection,
            LifeCycle.Kind kind,
            LifeCycle.@Nullable Call call,
            String detail,
            @Nullable CloseReason reason,
            long at,
            long took) {
        add(new LifeCycle(nextId, at, endpoint, connection, kind, call, detail, reason, took));
    }

    void gap(String endpoint, long missed, long at) {
        add(new Gap(nextId, at, endpoint, missed));
        gaps += missed;
    }

    private void add(TrafficEvent event) {
        if (endpoints.isEmpty()) {
            firstAt = event.at();
        }
        portion.add(event);
        portionBytes += event.weight();
        nextId += event.ids();
        frames += event.frames();
        endpoints.add(event.endpoint());
    }

    /** Hands on what was gathered, if it is enough. */
    void handOn() throws ImportTooLargeException {
        if (portion.size() >= PORTION_EVENTS || portionBytes >= PORTION_BYTES) {
            handOnAll();
        }
    }

    void handOnAll() throws ImportTooLargeException {
        target.append(portion);
        portion = new ArrayList<>();
        portionBytes = 0;
    }

    long frames() {
        return frames;
    }

    /** Bytes moved, framing included. */
    long bytes() {
        return bytes;
    }

    /** Frames, or holes in streams, that were told to be missing. */
    long gaps() {
        return gaps;
    }

    /** How many things came with a time before that of what was ahead of them. */
    long lateTimes() {
        return lateTimes;
    }

    Set<String> endpoints() {
        return endpoints;
    }

    boolean isEmpty() {
        return endpoints.isEmpty();
    }

    long firstAt() {
        return firstAt;
    }
}
