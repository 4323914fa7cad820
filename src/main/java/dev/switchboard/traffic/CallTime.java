package dev.switchboard.traffic;

/**
 * When a socket call was made and when it returned, by {@link System#nanoTime()}.
 *
 * @param began just before the call
 * @param ended just after it
 */
public record CallTime(long began, long ended) {

    /** Of a call that began at {@code began} and has just returned. */
    public static CallTime since(long began) {
        return new CallTime(began, System.nanoTime());
    }

    /** Nanoseconds from before the call to after it. */
    public long took() {
        return ended - began;
    }
}
