package dev.switchboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowSampleTest {

    private static final ConnectionKey CONNECTION =
            new ConnectionKey("c", "meter", Transport.UDP, Role.PEER, "127.0.0.1:1", "127.0.0.1:2", 0);

    private static void offer(RowSample sample, int from, int to) {
        for (int id = from; id < to; id++) {
            FrameEnds ends = FrameEnds.whole(1, Origin.PEER);
            sample.offer(new Chunk(id, id, CONNECTION, Direction.IN, new byte[1], ends, null), 0);
        }
    }

    private static List<Long> ids(RowSample sample) {
        return sample.frames().stream().map(Frame::id).toList();
    }

    @Property
    void choosesAsManyAsThereMayBeInOrderFromEveryPart(
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(max = 2000) int offered,
            @ForAll long seed) {
        RowSample sample = new RowSample(rows, new Random(seed));
        offer(sample, 0, offered);

        List<Long> ids = ids(sample);
        assertThat(sample.offered()).isEqualTo(offered);
        assertThat(ids).hasSize(Math.min(rows, offered)).isSorted().doesNotHaveDuplicates();
        // No two neighbours are further apart than some strides: no part of the traffic is left out.
        long widest = 6L * offered / rows + 6;
        long last = -1;
        for (long id : ids) {
            assertThat(id - last).isLessThanOrEqualTo(widest);
            last = id;
        }
        assertThat(offered - last).isLessThanOrEqualTo(widest);
    }

    @Property
    void choosesTheSameWhetherFramesAreOfferedOneByOneOrByTheChunk(
            @ForAll @IntRange(min = 1, max = 8) int rows,
            @ForAll List<@IntRange(max = 200) Integer> chunks,
            @ForAll long seed) {
        RowSample oneByOne = new RowSample(rows, new Random(seed));
        RowSample byChunk = new RowSample(rows, new Random(seed));
        long id = 1;
        for (int frames : chunks) {
            FrameEnds.Builder ends = new FrameEnds.Builder();
            for (int i = 1; i <= frames; i++) {
                ends.add(i, 0, 0, Origin.PEER);
            }
            Chunk chunk = new Chunk(id, id, CONNECTION, Direction.IN, new byte[frames], ends.build(), null);
            for (int i = 0; i < frames; i++) {
                oneByOne.offer(chunk, i);
            }
            byChunk.offer(chunk, 0, frames);
            id += Math.max(1, frames);
        }
        assertThat(byChunk.offered()).isEqualTo(oneByOne.offered());
        assertThat(ids(byChunk)).isEqualTo(ids(oneByOne));
    }

    @Test
    void takesAllWhenThereAreFewEnough() {
        RowSample sample = new RowSample(250, new Random(1));
        offer(sample, 0, 250);
        assertThat(ids(sample)).hasSize(250).startsWith(0L, 1L, 2L).endsWith(249L);
    }

    @Test
    void doesNotMarchInStepWithRegularTraffic() {
        int period = 64;
        int[] chosen = new int[period];
        for (int seed = 0; seed < 50; seed++) {
            RowSample sample = new RowSample(250, new Random(seed));
            offer(sample, 0, 250 * period);
            ids(sample).forEach(id -> chosen[(int) (id % period)]++);
        }
        // 50 × 250 rows over 64 endpoints that take turns: each should be seen about 195 times.
        assertThat(Arrays.stream(chosen).boxed()).allMatch(times -> times > 120 && times < 280);
    }
}
