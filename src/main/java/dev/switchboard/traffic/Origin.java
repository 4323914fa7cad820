package dev.switchboard.traffic;

import java.util.Locale;

/** Who made the bytes of a frame. What comes in is always the peer's. */
public enum Origin {
    PEER,
    OPERATOR,
    RULE,
    PROXY,
    SCENARIO;

    /** The word the API uses, such as {@code operator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
