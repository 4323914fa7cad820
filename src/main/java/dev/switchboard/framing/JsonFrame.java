package dev.switchboard.framing;

/** Makes a JSON value ready to be sent, after the decoder has found that it is one and no more. */
final class JsonFrame implements FrameSink {

    private int frames;
    private int firstEnd;
    private int header;

    private JsonFrame() {}

    static Framed of(byte[] payload) throws UnframeableException {
        byte[] wire = Framed.of(new byte[0], payload, new byte[] {'\n'}).wire();
        JsonFrame seen = new JsonFrame();
        Decoder decoder = new JsonDecoder(Integer.MAX_VALUE);
        try {
            decoder.decode(wire, 0, wire.length, seen);
        } catch (FramingException e) {
            throw new UnframeableException("payload is not a JSON value: " + e.getMessage());
        }
        if (seen.frames == 0) {
            throw new UnframeableException("payload is not a whole JSON value: expected " + decoder.expected());
        }
        return seen.framed(payload, wire);
    }

    private Framed framed(byte[] payload, byte[] wire) throws UnframeableException {
        for (int i = firstEnd; i < payload.length; i++) {
            if (!JsonDecoder.isSpace(payload[i])) {
                throw new UnframeableException("payload goes on after its JSON value, at offset " + i + " with "
                        + ByteName.of(payload[i]) + ": send one value at a time, or a list in brackets");
            }
        }
        boolean endsByItself = firstEnd < payload.length || isClosing(payload[firstEnd - 1]);
        return endsByItself
                ? new Framed(payload, header, payload.length - firstEnd)
                : new Framed(wire, header, wire.length - firstEnd);
    }

    private static boolean isClosing(byte last) {
        return last == '}' || last == ']' || last == '"';
    }

    @Override
    public void frame(int end, int header, int trailer) {
        if (frames++ == 0) {
            firstEnd = end;
            this.header = header;
        }
    }
}
