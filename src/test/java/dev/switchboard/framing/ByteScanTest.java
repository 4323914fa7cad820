package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ByteScanTest {

    @Property
    void findsWhatALoopFinds(
            @ForAll byte[] bytes,
            @ForAll byte wanted,
            @ForAll @IntRange(max = 20) int a,
            @ForAll @IntRange(max = 300) int b) {
        int from = Math.min(a, bytes.length);
        int to = Math.max(from, Math.min(b, bytes.length));
        int expected = from;
        while (expected < to && bytes[expected] != wanted) {
            expected++;
        }

        assertThat(ByteScan.indexOf(bytes, from, to, wanted)).isEqualTo(expected);
    }
}
