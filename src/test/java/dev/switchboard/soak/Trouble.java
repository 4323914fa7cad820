package dev.switchboard.soak;

/**
 * One kind of user or peer, well-behaved or not. What it does is repeated for as long as a round lasts, by one thread
 * or by several at a time, each with a {@link Field} of its own. What it sees that must not be is an exception.
 */
interface Trouble {

    /**
     * Does it once, which ends by itself within seconds, and leaves no connection behind.
     *
     * @throws Exception what must not be; the message says what it was
     */
    void once(Field field) throws Exception;

    /** How it is called in the report. */
    default String title() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }

    /** By how many at a time. */
    default int workers() {
        return 1;
    }

    /** Whether it is done once, from the first round to the last, while the others come and go. */
    default boolean standing() {
        return false;
    }
}
