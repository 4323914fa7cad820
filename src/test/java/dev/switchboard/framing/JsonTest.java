package dev.switchboard.framing;

import static dev.switchboard.framing.Cutting.cut;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.json.JsonMapper;

class JsonTest extends FramingContract<Framing.Json> {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Framing json = new Framing.Json();

    @Override
    Arbitrary<Framing.Json> framings() {
        return Arbitraries.just(new Framing.Json());
    }

    @Override
    Arbitrary<byte[]> streams() {
        return pieces(
                "{}",
                "[",
                "]",
                "{",
                "}",
                "\"",
                "\\",
                "\"a\\\"b\"",
                "\"\\\\\"",
                "12",
                "-1.5e+3",
                "true",
                "null",
                "fal",
                "se",
                " ",
                "\r\n",
                "\t",
                ",",
                ":",
                "x",
                "[[{\"]\":[]}]]",
                "          ");
    }

    @Override
    Arbitrary<byte[]> payloads() {
        return pieces("{}", "[1,{\"a\":\"]\"}]", "\"\\\"\"", "12", "true", "false", "{", "]", "x");
    }

    private static Arbitrary<byte[]> pieces(String... pieces) {
        return Arbitraries.of(pieces)
                .map(piece -> piece.getBytes(ISO_8859_1))
                .list()
                .ofMaxSize(12)
                .map(FramingContract::concat);
    }

    @Override
    Cut reference(Framing.Json framing, byte[] stream, int maxFrameBytes) {
        return JsonReference.cut(stream, maxFrameBytes);
    }

    @Override
    boolean canCarry(Framing.Json framing, byte[] payload) {
        byte[] ended = concat(List.of(payload, new byte[] {' '}));
        return payload.length > 0
                && JsonReference.cut(ended, ended.length).frames().equals(List.of(new Cut.Frame(payload.length, 0, 0)));
    }

    @Provide
    Arbitrary<Object> values() {
        return values(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaves =
                Arbitraries.of("", "a\"\\]}", "\u00e9\u20ac \ud83d\ude00\n\u0000", 17, -1.5e300, 0L, true, false);
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<List<Object>> lists = values(depth - 1).list().ofMaxSize(3);
        return Arbitraries.oneOf(
                leaves, lists.map(list -> (Object) list), lists.map(list -> Map.of("[\"", list, "b", 1)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void cutsWhatAJsonLibraryWrote(
            @ForAll @Size(max = 6) List<@From("values") Object> values,
            @ForAll @Size(max = 50) List<@IntRange(max = 9) Integer> chunkSizes) {
        List<byte[]> written = new ArrayList<>();
        List<Cut.Frame> expected = new ArrayList<>();
        long end = 0;
        for (Object value : values) {
            byte[] one = MAPPER.writeValueAsBytes(value);
            written.add(one);
            written.add(new byte[] {'\n'});
            end += one.length;
            expected.add(new Cut.Frame(end + expected.size(), expected.isEmpty() ? 0 : 1, 0));
        }

        Cut cut = Cut.by(json.decoder(1 << 20), concat(written), chunkSizes);

        assertThat(cut).isEqualTo(Cut.whole(expected, values.isEmpty() ? 0 : 1));
    }

    @Example
    void cutsValuesThatFollowEachOtherCloseOrApart() throws FramingException {
        assertThat(cut(json, "{\"a\":1}[2]\"b\" 3\r\ntrue{}null[] 4"))
                .containsExactly("{\"a\":1}", "[2]", "\"b\"", "3", "true", "{}", "null", "[]");
    }

    @Example
    void countsWhiteSpaceAheadAsHeader() {
        Cut cut = Cut.by(json.decoder(10), " \n1 \t[]".getBytes(UTF_8), List.of(3));

        assertThat(cut.frames()).containsExactly(new Cut.Frame(3, 2, 0), new Cut.Frame(7, 2, 0));
    }

    @Example
    void tellsTheEndOfANumberWithTheReadThatShowsIt() throws FramingException {
        Decoder decoder = json.decoder(10);
        assertThat(cut(decoder, "12")).isEmpty();
        assertThat(decoder.expected()).isEqualTo("the end of a number: white space or another value");

        List<Integer> ends = new ArrayList<>();
        decoder.decode(new byte[] {'\n'}, 0, 1, (end, _, _) -> ends.add(end));

        assertThat(ends).containsExactly(0);
        assertThat(decoder.pending()).isEqualTo(1);
    }

    @Example
    void looksAtNothingInsideStrings() throws FramingException {
        assertThat(cut(json, "{\"}\":\"\\\"}\"}[\"\\\\\"]")).containsExactly("{\"}\":\"\\\"}\"}", "[\"\\\\\"]");
    }

    @Example
    void saysWhatIsNoJsonAndWhere() {
        assertRefused("{} hello", "unexpected byte at offset 3: expected a JSON value, found 'h' (0x68)");
        assertRefused("{}}", "unexpected byte at offset 2: expected a JSON value, found '}' (0x7D)");
        assertRefused(
                "1,2",
                "unexpected byte at offset 1: expected the end of a number: white space or another value, "
                        + "found ',' (0x2C)");
        assertRefused("[{]", "unexpected byte at offset 2: expected '}' (0x7D), found ']' (0x5D)");
        assertRefused("test", "unexpected byte at offset 1: expected 'r' (0x72), for true, found 'e' (0x65)");
        assertRefused(
                "trueish", "unexpected byte at offset 4: expected white space or another value, found 'i' (0x69)");
    }

    @Example
    void boundsHowDeepBracketsNest() throws FramingException {
        String deep = "[{\"a\":".repeat(256) + "1" + "}]".repeat(256);
        assertThat(cut(json.decoder(4096), deep)).containsExactly(deep);
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(json, "[".repeat(513)))
                .withMessage("brackets too deep at offset 512: expected at most 512 brackets inside each other")
                .satisfies(e -> assertThat(e.found()).isEqualTo("one more '[' (0x5B)"));
    }

    @Example
    void complainsOfSizeBeforeAnythingThatComesLater() {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(json.decoder(5), "[".repeat(600)))
                .withMessage("frame over 5 bytes at offset 5: expected ']' (0x5D)");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(json.decoder(6), "{\"a\":1}"))
                .withMessage("frame over 6 bytes at offset 6: expected '}' (0x7D)");
    }

    @Example
    void boundsTheWhiteSpaceBetweenValues() throws FramingException {
        assertThat(cut(json.decoder(4), "    [12]    1 ")).containsExactly("[12]", "1");
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(json.decoder(4), "[12]     1"))
                .withMessage("frame over 4 bytes at offset 8: expected a JSON value");
    }

    @Example
    void sendsAValueAsItIsAndEndsOnlyWhatHasNoEnd() throws UnframeableException {
        assertFramed("{\"a\": 1}", "{\"a\": 1}", 0, 0);
        assertFramed(" [] \n", " [] \n", 1, 2);
        assertFramed("12", "12\n", 0, 1);
        assertFramed("\ttrue ", "\ttrue ", 1, 1);
        assertFramed("\"a\"", "\"a\"", 0, 0);
    }

    @Example
    void saysWhyAPayloadCannotBeSent() {
        assertUnframeable("", "payload is not a whole JSON value: expected a JSON value");
        assertUnframeable("[1", "payload is not a whole JSON value: expected ']' (0x5D)");
        assertUnframeable(
                "[1}",
                "payload is not a JSON value: unexpected byte at offset 2: expected ']' (0x5D), " + "found '}' (0x7D)");
        assertUnframeable(
                "1 2",
                "payload goes on after its JSON value, at offset 2 with '2' (0x32): send one value at a "
                        + "time, or a list in brackets");
    }

    private void assertRefused(String stream, String message) {
        assertThatExceptionOfType(FramingException.class)
                .isThrownBy(() -> cut(json, stream))
                .withMessage(message);
    }

    private void assertFramed(String payload, String wire, int header, int trailer) throws UnframeableException {
        Framed framed = json.frame(payload.getBytes(UTF_8));
        assertThat(framed.wire()).asString(UTF_8).isEqualTo(wire);
        assertThat(framed.header()).isEqualTo(header);
        assertThat(framed.trailer()).isEqualTo(trailer);
    }

    private void assertUnframeable(String payload, String message) {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> json.frame(payload.getBytes(UTF_8)))
                .withMessage(message);
    }
}
