package dev.switchboard.traffic;

/**
 * Something that happened on a socket, in the one order in which {@link Capture} took it down.
 *
 * <p>Ids increase along that order; an event that holds several frames takes an id for each (see {@link #ids()}). A
 * connection ends exactly once: one {@link LifeCycle} of kind {@code CLOSED} or {@code RESET}, after everything else
 * about it.
 */
public sealed interface TrafficEvent permits Chunk, Unfinished, LifeCycle, Gap {

    /** The first (mostly the only) id of this event. */
    long id();

    /** How many ids it takes, at least 1. */
    default int ids() {
        return 1;
    }

    /** The last id of this event. */
    default long lastId() {
        return id() + ids() - 1;
    }

    /** How many messages a reader will see in it. */
    default int frames() {
        return 0;
    }

    /**
     * One of its {@link #frames()}, without copying bytes; its id is this event's plus {@code index}.
     *
     * @param index from 0, less than {@link #frames()}
     */
    default Frame frame(int index) {
        throw new IndexOutOfBoundsException(index);
    }

    /** When it happened: nanoseconds since the Unix epoch, never before the event ahead of it. */
    long at();

    /** Name of the endpoint it happened on. */
    String endpoint();

    /** Payload bytes it keeps alive, for bounds that count bytes. */
    default int weight() {
        return 0;
    }
}
