package dev.switchboard.history;

/**
 * The ids of imports: sixteen digits, as all have, and below those of everything captured, which begin at the start of
 * a process in microseconds since the epoch.
 */
final class ImportIds {

    /** How many imports there can be. */
    static final int MOST = 5_000;

    private static final long BASE = 1_000_000_000_000_000L;

    /** All that was captured has greater ones. */
    static final long LAST = BASE + (MOST + 1) * Import.IDS - 1;

    private ImportIds() {}

    /**
     * The first id of an import.
     *
     * @param number from 1
     * @throws ImportTooLargeException if it is over {@value #MOST}
     */
    static long begin(long number) throws ImportTooLargeException {
        if (number > MOST) {
            throw ImportTooLargeException.inNumber(MOST);
        }
        return first(number);
    }

    /** The first id of an import that has begun. */
    static long first(long number) {
        return BASE + number * Import.IDS;
    }

    /** Of the import that has this id. */
    static int number(long id) {
        return (int) ((id - BASE) / Import.IDS);
    }

    /** Whether what has this id was imported. */
    static boolean imported(long id) {
        return id >= BASE && id <= LAST;
    }
}
