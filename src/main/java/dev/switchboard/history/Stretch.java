package dev.switchboard.history;

/**
 * A stretch of events in the order of capture that may be somewhere else: what is known of it without going there, and
 * the way there. Immutable; any thread may ask.
 */
interface Stretch {

    /** What is known without going there. */
    Outline outline();

    /**
     * All of it.
     *
     * @throws GoneException if it was dropped, or replaced, since the {@link StoreView} that holds it was made
     */
    Segment load();

    /**
     * Its events as {@link #load()} has them, or as few of them as hold every frame that matches; for searches, which
     * look at much and keep little.
     */
    default Segment load(MessageFilter filter) {
        return load();
    }

    /** It is no longer there: look at a newer view. */
    final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GoneException(Throwable cause) {
            super(cause);
        }
    }
}
