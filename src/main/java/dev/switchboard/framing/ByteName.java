package dev.switchboard.framing;

/** What a byte is called in messages to people: {@code 'A' (0x41)}, {@code STX (0x02)}, {@code 0xC3}. */
final class ByteName {

    /** The control characters of ASCII, as RFC 20 names them. */
    private static final String[] CONTROLS = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
        "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };

    private ByteName() {}

    static String of(byte value) {
        int unsigned = value & 0xFF;
        String hex = String.format("0x%02X", unsigned);
        if (unsigned >= 0x7F) {
            return unsigned == 0x7F ? "DEL (" + hex + ")" : hex;
        }
        if (unsigned < CONTROLS.length) {
            return CONTROLS[unsigned] + " (" + hex + ")";
        }
        return unsigned == ' ' ? "a space (" + hex + ")" : "'" + (char) unsigned + "' (" + hex + ")";
    }
}
