package dev.switchboard.soak;

/** Something that must not be; the message says what. */
final class Wrong extends Exception {

    Wrong(String what) {
        super(what);
    }

    static void unless(boolean right, String what, Object... values) throws Wrong {
        if (!right) {
            throw new Wrong(what.formatted(values));
        }
    }
}
