package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteNameTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "0, NUL (0x00)", "2, STX (0x02)", "31, US (0x1F)", "32, a space (0x20)", "33, '!' (0x21)",
                "65, 'A' (0x41)", "126, '~' (0x7E)", "127, DEL (0x7F)", "128, 0x80", "255, 0xFF"
            })
    void saysWhatAByteIs(int value, String name) {
        assertThat(ByteName.of((byte) value)).isEqualTo(name);
    }
}
