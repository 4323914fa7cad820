package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Cuts after each JSON value (RFC 8259). All that matters to it is ASCII, and no byte of a longer UTF-8 sequence is, so
 * it looks at bytes and never at characters.
 *
 * <p>White space before a value is the frame's header. It is no payload, but is not boundless either: more than
 * {@code maxFrameBytes} of it is an error.
 */
final class JsonDecoder implements Decoder {

    /** What the next byte is part of. */
    private enum State {
        BETWEEN,
        NESTED,
        STRING,
        ESCAPE,
        NUMBER,
        LITERAL
    }

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final int maxFrameBytes;
    private final JsonNesting nesting = new JsonNesting();

    private State state = State.BETWEEN;

    /** In {@link State#LITERAL}: which one, and how many of its bytes were seen. */
    private byte[] literal = TRUE;

    private int literalSeen;

    /** Positions in the stream: of the next byte to see, of the frame's first byte and of its value's. */
    private long offset;

    private long frameStart;
    private long valueStart;

    /** Position in the stream of index 0 of the array that is looked at. */
    private long base;

    JsonDecoder(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        base = offset - from;
        int i = from;
        while (i < to) {
            i = switch (state) {
                case BETWEEN -> between(bytes, i, to);
                case NESTED -> nested(bytes, i, to, sink);
                case STRING -> string(bytes, i, to, sink);
                case ESCAPE -> escape(i);
                case NUMBER -> number(bytes, i, to, sink);
                case LITERAL -> literal(bytes, i, sink);
            };
        }
        offset = base + to;
        checkSize(to);
    }

    private int between(byte[] bytes, int from, int to) throws FramingException {
        int i = from;
        while (i < to && isSpace(bytes[i])) {
            i++;
        }
        if (i == to) {
            return to;
        }
        checkSize(i);
        valueStart = base + i;
        byte first = bytes[i];
        switch (first) {
            case '{', '[' -> {
                nesting.open(first);
                state = State.NESTED;
            }
            case '"' -> state = State.STRING;
            case 't' -> begin(TRUE);
            case 'f' -> begin(FALSE);
            case 'n' -> begin(NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> state = State.NUMBER;
            default -> throw FramingException.unexpected(base + i, "a JSON value", first);
        }
        return i + 1;
    }

    private void begin(byte[] which) {
        literal = which;
        literalSeen = 1;
        state = State.LITERAL;
    }

    private int nested(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '"') {
                state = State.STRING;
                return i + 1;
            }
            // '[' and '{', ']' and '}' differ in one bit: one comparison rules nearly every byte out.
            int bracket = b | 0x20;
            if (bracket == '{') {
                open(b, i);
            } else if (bracket == '}') {
                close(b, i);
                if (nesting.depth() == 0) {
                    return end(i + 1, sink);
                }
            }
        }
        return to;
    }

    private void open(byte bracket, int at) throws FramingException {
        if (nesting.full()) {
            checkSize(at);
            String expected = "at most " + Framing.Json.MAX_DEPTH + " brackets inside each other";
            throw new FramingException(
                    "brackets too deep at offset " + (base + at) + ": expected " + expected,
                    base + at,
                    expected,
                    "one more " + ByteName.of(bracket));
        }
        nesting.open(bracket);
    }

    private void close(byte bracket, int at) throws FramingException {
        if (bracket != nesting.closing()) {
            throw unexpected(bracket, at);
        }
        checkSize(at + 1);
        nesting.close();
    }

    private int string(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '"') {
                if (nesting.depth() == 0) {
                    return end(i + 1, sink);
                }
                state = State.NESTED;
                return i + 1;
            }
            if (b == '\\') {
                state = State.ESCAPE;
                return i + 1;
            }
        }
        return to;
    }

    private int escape(int from) {
        state = State.STRING;
        return from + 1;
    }

    private int number(byte[] bytes, int from, int to, FrameSink sink) throws FramingException {
        int i = from;
        while (i < to && isInNumber(bytes[i])) {
            i++;
        }
        return i == to ? to : endBefore(bytes[i], i, sink);
    }

    private int literal(byte[] bytes, int from, FrameSink sink) throws FramingException {
        byte b = bytes[from];
        if (literalSeen == literal.length) {
            return endBefore(b, from, sink);
        }
        if (b != literal[literalSeen]) {
            throw unexpected(b, from);
        }
        literalSeen++;
        return from + 1;
    }

    /** Ends a value that has no last byte of its own; the byte that shows it belongs to the next frame. */
    private int endBefore(byte next, int at, FrameSink sink) throws FramingException {
        if (!isSpace(next) && next != '"' && next != '{' && next != '[') {
            throw unexpected(next, at);
        }
        return end(at, sink);
    }

    private int end(int end, FrameSink sink) throws FramingException {
        checkSize(end);
        int header = (int) (valueStart - frameStart);
        frameStart = base + end;
        state = State.BETWEEN;
        sink.frame(end, header, 0);
        return end;
    }

    /** So that the error is the same however the stream was split, size comes before any other complaint. */
    private FramingException unexpected(byte found, int at) throws FramingException {
        checkSize(at);
        return FramingException.unexpected(base + at, expected(), found);
    }

    /** Checks the header or the payload, whichever is going on, up to but without index {@code end}. */
    private void checkSize(int end) throws FramingException {
        long start = state == State.BETWEEN ? frameStart : valueStart;
        if (base + end - start > maxFrameBytes) {
            throw FramingException.over(maxFrameBytes, start + maxFrameBytes, expected());
        }
    }

    @Override
    public long pending() {
        return offset - frameStart;
    }

    @Override
    public String expected() {
        return switch (state) {
            case BETWEEN -> "a JSON value";
            case NESTED -> ByteName.of(nesting.closing());
            case STRING -> "a closing '\"' (0x22)";
            case ESCAPE -> "the character after a backslash";
            case NUMBER -> "the end of a number: white space or another value";
            case LITERAL ->
                literalSeen < literal.length
                        ? ByteName.of(literal[literalSeen]) + ", for " + new String(literal, US_ASCII)
                        : "white space or another value";
        };
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static boolean isInNumber(byte b) {
        return b >= '0' && b <= '9' || b == '.' || b == 'e' || b == 'E' || b == '-' || b == '+';
    }
}
