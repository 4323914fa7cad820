package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class BytePatternTest {

    @Property
    void findsWhatAPlainSearchFinds(
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 40) String text,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 4) String wanted,
            @ForAll @IntRange(max = 5) int from,
            @ForAll @IntRange(max = 5) int cut) {
        int start = Math.min(from, text.length());
        int end = Math.max(start, text.length() - cut);
        boolean found = BytePattern.of(wanted.getBytes(ISO_8859_1)).foundIn(text.getBytes(ISO_8859_1), start, end);
        assertThat(found).isEqualTo(text.substring(start, end).contains(wanted));
    }

    @Test
    void findsBytesOverSevenBits() {
        byte[] bytes = {0, (byte) 0xFF, (byte) 0x80, 1};
        assertThat(BytePattern.of(new byte[] {(byte) 0xFF, (byte) 0x80}).foundIn(bytes, 0, 4))
                .isTrue();
        assertThat(BytePattern.of(new byte[] {(byte) 0x80, (byte) 0xFF}).foundIn(bytes, 0, 4))
                .isFalse();
    }
}
