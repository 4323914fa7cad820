package dev.switchboard.framing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts JSON values with regular expressions, the whole stream at hand; one byte is one char. */
final class JsonReference {

    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");
    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[-0-9][-+.eE0-9]*");
    private static final String ENDS_A_WORD = " \t\r\n\"{[";

    private final String text;

    /** Where the value ends, where it goes wrong, or else it is not over yet. */
    private int end = -1;

    private int wrong = -1;

    private JsonReference(String text) {
        this.text = text;
    }

    static Cut cut(byte[] stream, int maxFrameBytes) {
        String text = new String(stream, ISO_8859_1);
        List<Cut.Frame> frames = new ArrayList<>();
        int start = 0;
        while (true) {
            int value = start + matched(SPACE, text, start);
            if (value - start > maxFrameBytes) {
                return Cut.failed(frames, start + maxFrameBytes);
            }
            if (value == text.length()) {
                return Cut.whole(frames, value - start);
            }
            JsonReference found = new JsonReference(text);
            found.value(value);
            int payloadEnd = found.end >= 0 ? found.end : found.wrong >= 0 ? found.wrong : text.length();
            if (payloadEnd - value > maxFrameBytes) {
                return Cut.failed(frames, value + maxFrameBytes);
            }
            if (found.wrong >= 0) {
                return Cut.failed(frames, found.wrong);
            }
            if (found.end < 0) {
                return Cut.whole(frames, text.length() - start);
            }
            frames.add(new Cut.Frame(found.end, value - start, 0));
            start = found.end;
        }
    }

    private static int matched(Pattern pattern, String text, int at) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() - at : 0;
    }

    private void value(int at) {
        switch (text.charAt(at)) {
            case '{', '[' -> brackets(at);
            case '"' -> {
                int length = matched(STRING, text, at);
                end = length == 0 ? -1 : at + length;
            }
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> {
                int length = matched(NUMBER, text, at);
                if (length == 0) {
                    wrong = at;
                } else {
                    word(at + length);
                }
            }
        }
    }

    private void literal(int at, String literal) {
        int same = 0;
        while (same < literal.length() && at + same < text.length() && text.charAt(at + same) == literal.charAt(same)) {
            same++;
        }
        if (same == literal.length()) {
            word(at + same);
        } else if (at + same < text.length()) {
            wrong = at + same;
        }
    }

    /** A number or literal ends here, if what follows lets it. */
    private void word(int at) {
        if (at < text.length()) {
            if (ENDS_A_WORD.indexOf(text.charAt(at)) >= 0) {
                end = at;
            } else {
                wrong = at;
            }
        }
    }

    private void brackets(int start) {
        Deque<Character> open = new ArrayDeque<>();
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int length = matched(STRING, text, at);
                if (length == 0) {
                    return;
                }
                at += length;
                continue;
            }
            if (c == '{' || c == '[') {
                open.push(c);
            } else if (c == '}' || c == ']') {
                if (open.pop() != (c == '}' ? '{' : '[')) {
                    wrong = at;
                    return;
                }
                if (open.isEmpty()) {
                    end = at + 1;
                    return;
                }
            }
            at++;
        }
    }
}
