package dev.switchboard.framing;

import java.util.Arrays;

/**
 * How a TCP stream is cut into frames. Values: immutable, comparable, safe to share between threads.
 *
 * <p>Everywhere {@code maxFrameBytes} counts the payload bytes that one frame may have; what belongs to the framing
 * does not count, and a payload of exactly {@code maxFrameBytes} is allowed.
 */
public sealed interface Framing
        permits Framing.Raw,
                Framing.Lf,
                Framing.Crlf,
                Framing.Nul,
                Framing.Delimiter,
                Framing.StxEtx,
                Framing.Length,
                Framing.Fixed,
                Framing.Json {

    /** The word for it in JSON and in configuration: {@code raw}, {@code lf}, {@code stx-etx} and so on. */
    String type();

    /**
     * A new decoder, for one direction of one connection.
     *
     * @param maxFrameBytes payload bytes that a frame may have, at least 1
     * @throws BadFramingException if no frame of this framing fits into {@code maxFrameBytes}
     */
    Decoder decoder(int maxFrameBytes);

    /**
     * Applies the framing to one payload that is to be sent. The decoder of the same framing gives that payload back,
     * as one frame.
     *
     * @param payload not changed; the answer's {@code wire} may be this very array
     * @throws UnframeableException if this framing can't carry the payload as one frame
     */
    Framed frame(byte[] payload) throws UnframeableException;

    /**
     * How many bytes of framing go ahead of each payload, where the bytes that a frame was cut from are exactly those
     * that {@link #frame} would make of its payload: then it can be sent again as it is. Negative where that need not
     * be so.
     */
    default int framedAgainBy() {
        return 0;
    }

    /** Each read is one frame, as it came; {@code maxFrameBytes} plays no part. */
    record Raw() implements Framing {
        @Override
        public String type() {
            return "raw";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return new RawDecoder();
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            if (payload.length == 0) {
                throw new UnframeableException("payload is empty; raw framing sends the payload alone, so nothing "
                        + "would be sent: give at least one byte, or use a framing that can carry empty frames");
            }
            return new Framed(payload, 0, 0);
        }
    }

    /** A frame ends with a line feed. A carriage return before it is payload. */
    record Lf() implements Framing {
        @Override
        public String type() {
            return "lf";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return Terminator.LF.decoder(maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            return Terminator.LF.frame(payload);
        }
    }

    /** A frame ends with a carriage return and a line feed. Either of them alone is payload. */
    record Crlf() implements Framing {
        @Override
        public String type() {
            return "crlf";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return Terminator.CRLF.decoder(maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            return Terminator.CRLF.frame(payload);
        }
    }

    /** A frame ends with a zero byte. */
    record Nul() implements Framing {
        @Override
        public String type() {
            return "nul";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return Terminator.NUL.decoder(maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            return Terminator.NUL.frame(payload);
        }
    }

    /**
     * A frame ends where these bytes first occur in it.
     *
     * @param bytes 1 to {@value #MAX_BYTES} of them; copied in and out
     */
    record Delimiter(byte[] bytes) implements Framing {

        public static final int MAX_BYTES = 64;

        /** @throws BadFramingException if there are none or too many */
        public Delimiter {
            if (bytes.length == 0) {
                throw new BadFramingException("delimiter", "delimiter is empty: give 1 to 64 bytes, such as \\r\\n");
            }
            if (bytes.length > MAX_BYTES) {
                throw new BadFramingException(
                        "delimiter",
                        "delimiter is " + bytes.length + " bytes long: give at most " + MAX_BYTES + " bytes");
            }
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String type() {
            return "delimiter";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return terminator().decoder(maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            return terminator().frame(payload);
        }

        private Terminator terminator() {
            return new Terminator("the delimiter " + PayloadEncoding.ESCAPED.encode(bytes), bytes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Delimiter that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Delimiter[" + PayloadEncoding.ESCAPED.encode(bytes) + "]";
        }
    }

    /** STX (0x02), payload, ETX (0x03). Nothing may stand between one frame's ETX and the next one's STX. */
    record StxEtx() implements Framing {
        @Override
        public String type() {
            return "stx-etx";
        }

        @Override
        public int framedAgainBy() {
            return 1;
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return new StxEtxDecoder(maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            int etx = ByteScan.indexOf(payload, 0, payload.length, StxEtxDecoder.ETX);
            if (etx < payload.length) {
                throw new UnframeableException("payload has ETX (0x03) at offset " + etx
                        + ", where the frame would end: use length framing, which can carry every byte");
            }
            return Framed.of(new byte[] {StxEtxDecoder.STX}, payload, new byte[] {StxEtxDecoder.ETX});
        }
    }

    /**
     * The length of the payload goes ahead of it, unsigned, big-endian (network byte order, RFC 1700). It does not
     * count itself.
     *
     * @param bytes how many bytes the length has: 1, 2 or 4
     */
    record Length(int bytes) implements Framing {

        /** @throws BadFramingException if {@code bytes} is none of 1, 2 and 4 */
        public Length {
            if (bytes != 1 && bytes != 2 && bytes != 4) {
                throw new BadFramingException("bytes", "bytes is " + bytes + ": a length can have 1, 2 or 4 bytes");
            }
        }

        @Override
        public String type() {
            return "length";
        }

        @Override
        public int framedAgainBy() {
            return bytes;
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return new LengthDecoder(bytes, maxFrameBytes);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            long most = (1L << (8 * bytes)) - 1;
            if (payload.length > most) {
                throw new UnframeableException("payload is " + payload.length + " bytes; a " + bytes
                        + "-byte length can say at most " + most + ": use length with "
                        + (bytes == 1 && payload.length <= 0xFFFF ? "2 or 4 bytes" : "4 bytes"));
            }
            byte[] header = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                header[i] = (byte) (payload.length >>> (8 * (bytes - 1 - i)));
            }
            return Framed.of(header, payload, new byte[0]);
        }
    }

    /**
     * Every frame has the same size, and nothing around it.
     *
     * @param size payload bytes, at least 1 and at most {@code maxFrameBytes}
     */
    record Fixed(int size) implements Framing {

        /** @throws BadFramingException if {@code size} is below 1 */
        public Fixed {
            if (size < 1) {
                throw new BadFramingException("size", "size is " + size + ": give 1 or more bytes");
            }
        }

        @Override
        public String type() {
            return "fixed";
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            if (size > maxFrameBytes) {
                throw new BadFramingException(
                        "size",
                        "size is " + size + ", over maxFrameBytes of " + maxFrameBytes
                                + ": make size smaller or maxFrameBytes larger");
            }
            return new FixedDecoder(size);
        }

        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            if (payload.length != size) {
                throw new UnframeableException("payload is " + payload.length + " bytes; every frame has " + size + ": "
                        + (payload.length < size ? "fill it up" : "split it") + ", or use another framing");
            }
            return new Framed(payload, 0, 0);
        }
    }

    /**
     * Each JSON value (RFC 8259) is one frame; white space ahead of a value is that frame's header. Finds where a value
     * ends and does not check all that stands inside: brackets must match, strings must be closed.
     */
    record Json() implements Framing {

        /** How deep objects and arrays may nest. */
        public static final int MAX_DEPTH = 512;

        @Override
        public String type() {
            return "json";
        }

        /** White space around a value is the framing's, and is not made again. */
        @Override
        public int framedAgainBy() {
            return -1;
        }

        @Override
        public Decoder decoder(int maxFrameBytes) {
            return new JsonDecoder(maxFrameBytes);
        }

        /**
         * Sends one JSON value as it is. White space around it is sent too and counts as header and trailer. A number
         * or a literal with no white space after it gets a line feed, since nothing else would end it.
         */
        @Override
        public Framed frame(byte[] payload) throws UnframeableException {
            return JsonFrame.of(payload);
        }
    }
}
