package dev.switchboard.framing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What became of one stream: its frames, then either an error or the bytes left over. */
record Cut(List<Frame> frames, OptionalLong errorOffset, long pending) {

    /** @param end in the stream, not in an array */
    record Frame(long end, int header, int trailer) {}

    static Cut failed(List<Frame> frames, long errorOffset) {
        return new Cut(frames, OptionalLong.of(errorOffset), 0);
    }

    static Cut whole(List<Frame> frames, long pending) {
        return new Cut(frames, OptionalLong.empty(), pending);
    }

    List<byte[]> payloads(byte[] stream) {
        List<byte[]> payloads = new ArrayList<>();
        int start = 0;
        for (Frame frame : frames) {
            int end = (int) frame.end();
            payloads.add(Arrays.copyOfRange(stream, start + frame.header(), end - frame.trailer()));
            start = end;
        }
        return payloads;
    }

    /** Cuts with the decoder, in chunks of these sizes and then the rest, each at another place of its array. */
    static Cut by(Decoder decoder, byte[] stream, List<Integer> chunkSizes) {
        List<Frame> frames = new ArrayList<>();
        int at = 0;
        for (int n = 0; at < stream.length || n < chunkSizes.size(); n++) {
            int size = n < chunkSizes.size() ? Math.min(chunkSizes.get(n), stream.length - at) : stream.length - at;
            int from = n % 3;
            byte[] array = new byte[from + size + 2];
            System.arraycopy(stream, at, array, from, size);
            long base = at - from;
            try {
                decoder.decode(
                        array,
                        from,
                        from + size,
                        (end, header, trailer) -> frames.add(new Frame(base + end, header, trailer)));
            } catch (FramingException e) {
                return failed(frames, e.offset());
            }
            at += size;
        }
        return whole(frames, decoder.pending());
    }
}
