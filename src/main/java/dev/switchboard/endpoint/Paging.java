package dev.switchboard.endpoint;

/** The bounds of a page. */
final class Paging {

    private static final int MOST = 1_000;

    private Paging() {}

    static int limit(int asked) {
        if (asked < 1 || asked > MOST) {
            throw RefusedException.malformed("limit", asked + " is out of range: choose 1 to " + MOST);
        }
        return asked;
    }
}
