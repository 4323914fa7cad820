package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** The reference for framings that end a frame with certain bytes: one byte, one char, and {@link String#indexOf}. */
abstract class TerminatedContract<F extends Framing> extends FramingContract<F> {

    abstract String terminator(F framing);

    @Override
    Cut reference(F framing, byte[] stream, int maxFrameBytes) {
        String text = new String(stream, ISO_8859_1);
        String terminator = terminator(framing);
        List<Cut.Frame> frames = new ArrayList<>();
        int start = 0;
        while (true) {
            int found = text.indexOf(terminator, start);
            int payload = (found < 0 ? text.length() - begun(text.substring(start), terminator) : found) - start;
            if (payload > maxFrameBytes) {
                return Cut.failed(frames, start + maxFrameBytes);
            }
            if (found < 0) {
                return Cut.whole(frames, text.length() - start);
            }
            start = found + terminator.length();
            frames.add(new Cut.Frame(start, 0, terminator.length()));
        }
    }

    /** With how many bytes of the terminator the rest ends. */
    private static int begun(String rest, String terminator) {
        int length = terminator.length() - 1;
        while (!rest.endsWith(terminator.substring(0, length))) {
            length--;
        }
        return length;
    }

    @Override
    boolean canCarry(F framing, byte[] payload) {
        String terminator = terminator(framing);
        return (new String(payload, ISO_8859_1) + terminator).indexOf(terminator) == payload.length;
    }
}
