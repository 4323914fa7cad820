package dev.switchboard.traffic;

/** Which way bytes went, seen from Switchboard. */
public enum Direction {
    IN,
    OUT;

    /** The word the API uses: {@code in} or {@code out}. */
    public String word() {
        return this == IN ? "in" : "out";
    }
}
