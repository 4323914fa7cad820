package dev.switchboard.history;

import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.TrafficEvent;
import java.util.List;
import java.util.Optional;

/**
 * Remembers traffic within bounds of size and age; the oldest goes first.
 *
 * <p>What is stored are events as they were captured, chunks above all; frames are read out of them. Nothing here knows
 * about frames in any other way, so a store may keep chunks in files as they are, with an index beside them.
 *
 * <p>Life cycle: a store is ready when it is constructed and is closed once, by whoever made it, after the last append.
 * After that no method may be called.
 *
 * <p>Threading: {@link #append} and {@link #trim} are called by one thread, the recorder's. All other methods may be
 * called by any thread at any time, see everything appended before the call, and do not make {@link #append} wait for
 * long, whatever they look for.
 */
interface HistoryStore extends AutoCloseable {

    /**
     * Remembers events, at least one. Their ids are greater than all before; they increase along the list.
     *
     * @return how many frames in them could not be stored, in whose place there is a {@link Gap}; a store that can't
     *     store says why in its {@link #status()}, and goes on trying
     */
    long append(List<TrafficEvent> events);

    /**
     * Begins to take in traffic from elsewhere: import number k, from 1 on, has the ids from 10^15 + k * 10^11. It is
     * as old as it is, so the bound in age is not for it, and it does not go to make room for what is captured. It
     * counts in the bound in size, where all imports together, those on their way included, may take half.
     *
     * <p>May be called by any thread; several imports may be on their way at the same time.
     *
     * @throws ImportTooLargeException if there were {@value ImportIds#MOST} before
     * @throws HistoryUnwritableException if nothing can be written at present
     */
    Import beginImport() throws ImportTooLargeException;

    /** The bound in size, as this store keeps it. */
    long maxBytes();

    /** Drops what is beyond the bounds by now; called once in a while when nothing is appended. */
    void trim();

    /**
     * Newest first.
     *
     * @param before only messages with ids less than this; {@link Long#MAX_VALUE} for the first page
     * @param limit at least 1
     * @param deadline when it is over, the page holds what was found by then, and says how far that is
     */
    MessagePage messages(MessageFilter filter, long before, int limit, Deadline deadline);

    /** As {@link #messages(MessageFilter, long, int, Deadline)}, however long it takes. */
    default MessagePage messages(MessageFilter filter, long before, int limit) {
        return messages(filter, before, limit, Deadline.NEVER);
    }

    /**
     * What the messages that match add up to.
     *
     * @param buckets into how many parts to divide the time they span, at the most; 0 for none
     * @param deadline when it is over, what was counted by then is the answer, and says so
     */
    Summary summary(MessageFilter filter, int buckets, Deadline deadline);

    /**
     * The chunks of one connection, and gaps among them, back from an id.
     *
     * @param filter of a connection, and possibly a direction; what else it says is not looked at
     * @param from only events whose first id is not less than this
     * @param before only events whose first id is less than this
     * @param maxBytes ends with the chunk that reaches it
     * @param deadline when it is over, what was found by then is the answer, and says how far it goes
     */
    ChunkRun back(MessageFilter filter, long from, long before, long maxBytes, Deadline deadline);

    /** As for messages, for the steps in the lives of sockets. */
    EventPage events(EventFilter filter, long before, int limit);

    /** The message with this id, if it is still there. */
    Optional<Frame> message(long id);

    /**
     * Oldest first, a step at a time, so that a slow reader holds nothing but the step it is at.
     *
     * @param after only what has ids greater than this
     * @param to only events whose first id is not greater than this
     * @param passOver what lies where nothing of this can be, nor a gap of its endpoint, may be left out; what is
     *     returned is not filtered
     * @param max how many events at the most, at least 1; fewer when they are large
     */
    Reading read(MessageFilter passOver, long after, long to, int max);

    /** All of it. */
    default Reading read(long after, long to, int max) {
        return read(MessageFilter.ALL, after, to, max);
    }

    /**
     * Forgets messages: no method returns them any more, and their bytes are given up as far as no other message needs
     * them. Life-cycle events stay, but for those of imports when no more is asked than the endpoint: an import is
     * forgotten whole. Where the filter speaks of whole chunks (neither origin nor contents), bytes that never became a
     * message go too, and so do the counts of what was not recorded, unless the filter is for one connection or
     * direction.
     *
     * @param upTo only messages with ids up to this
     * @return how many messages were forgotten
     */
    long delete(MessageFilter filter, long upTo);

    /** What is there now. */
    HistoryBounds bounds();

    /** How it is now. */
    HistoryStatus status();

    @Override
    void close();
}
