package dev.switchboard.process;

/** Something that must not be; the message says what. */
public final class Wrong extends Exception {

    public Wrong(String what) {
        super(what);
    }

    public static void unless(boolean right, String what, Object... values) throws Wrong {
        if (!right) {
            throw new Wrong(what.formatted(values));
        }
    }
}
