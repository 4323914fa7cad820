package dev.switchboard.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameEndsTest {

    @Property
    void givesBackWhatWasAdded(
            @ForAll @Size(max = 100) List<@IntRange(max = 1000) Integer> lengths, @ForAll List<Origin> origins) {
        FrameEnds.Builder builder = new FrameEnds.Builder();
        for (int round = 0; round < 2; round++) {
            int end = 0;
            for (int i = 0; i < lengths.size(); i++) {
                end += lengths.get(i);
                builder.add(end, i % 3, i % 5, origin(origins, i));
            }
            assertThat(builder.size()).isEqualTo(lengths.size());
            FrameEnds ends = builder.build();

            assertThat(ends.size()).isEqualTo(lengths.size());
            end = 0;
            for (int i = 0; i < lengths.size(); i++) {
                end += lengths.get(i);
                assertThat(ends.end(i)).isEqualTo(end);
                assertThat(ends.header(i)).isEqualTo(i % 3);
                assertThat(ends.trailer(i)).isEqualTo(i % 5);
                assertThat(ends.origin(i)).isEqualTo(origin(origins, i));
            }
            assertThat(builder.size()).isZero();
        }
    }

    private static Origin origin(List<Origin> origins, int i) {
        return origins.isEmpty() ? Origin.PEER : origins.get(i % origins.size());
    }

    @Test
    void wholeIsOneFrameWithoutFraming() {
        FrameEnds whole = FrameEnds.whole(17, Origin.OPERATOR);
        assertThat(whole.size()).isEqualTo(1);
        assertThat(whole.end(0)).isEqualTo(17);
        assertThat(whole.header(0)).isZero();
        assertThat(whole.trailer(0)).isZero();
        assertThat(whole.origin(0)).isEqualTo(Origin.OPERATOR);
        assertThat(FrameEnds.none().size()).isZero();
    }
}
