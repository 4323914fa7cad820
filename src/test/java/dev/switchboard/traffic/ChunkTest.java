package dev.switchboard.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ChunkTest {

    private final ConnectionKey connection =
            new ConnectionKey("c1", "meter", Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:50412", 0);

    private Chunk chunk(String bytes, FrameEnds ends, String straddler) {
        return new Chunk(
                41,
                7,
                connection,
                Direction.IN,
                bytes.getBytes(UTF_8),
                ends,
                straddler.isEmpty() ? null : straddler.getBytes(UTF_8));
    }

    @Test
    void cutsFramesOutOfItsBytesWithoutTheirFraming() {
        FrameEnds ends = new FrameEnds.Builder()
                .add(5, 0, 1, Origin.PEER)
                .add(11, 2, 1, Origin.PEER)
                .build();
        Chunk chunk = chunk("PING\n>>ABC\nrest", ends, "");

        Frame first = chunk.frame(0);
        assertThat(first.payload()).asString(UTF_8).isEqualTo("PING");
        assertThat(first.id()).isEqualTo(41);
        assertThat(first.at()).isEqualTo(7);
        assertThat(first.bytes()).isEqualTo(4);
        assertThat(first.wireBytes()).isEqualTo(5);
        assertThat(first.complete()).isTrue();
        assertThat(first.array()).isSameAs(chunk.bytes());

        Frame second = chunk.frame(1);
        assertThat(second.payload()).asString(UTF_8).isEqualTo("ABC");
        assertThat(second.id()).isEqualTo(42);
        assertThat(second.wireBytes()).isEqualTo(6);
        assertThat(chunk.ids()).isEqualTo(2);
        assertThat(chunk.frames()).isEqualTo(2);
    }

    @Test
    void takesAFrameThatBeganEarlierFromItsStraddler() {
        FrameEnds ends = new FrameEnds.Builder()
                .add(3, 1, 1, Origin.PEER)
                .add(8, 0, 1, Origin.PEER)
                .build();
        Chunk chunk = chunk("NG\nPONG\n", ends, ">PING\n");

        Frame straddling = chunk.frame(0);
        assertThat(straddling.payload()).asString(UTF_8).isEqualTo("PING");
        assertThat(straddling.wireBytes()).isEqualTo(6);
        assertThat(chunk.frame(1).payload()).asString(UTF_8).isEqualTo("PONG");
        assertThat(chunk.weight()).isEqualTo(8 + 6);
    }

    @Test
    void takesOneIdEvenWithoutAFrame() {
        Chunk chunk = chunk("PI", FrameEnds.none(), "");
        assertThat(chunk.frames()).isZero();
        assertThat(chunk.ids()).isEqualTo(1);
        assertThat(chunk.lastId()).isEqualTo(41);
    }

    @Test
    void showsAnUnfinishedFrameAsIncomplete() {
        Unfinished rest = new Unfinished(50, 9, connection, Direction.IN, Origin.PEER, "PI".getBytes(UTF_8));
        Frame frame = rest.frame(0);
        assertThat(frame.complete()).isFalse();
        assertThat(frame.payload()).asString(UTF_8).isEqualTo("PI");
        assertThat(frame.id()).isEqualTo(50);
        assertThat(frame.wireBytes()).isEqualTo(2);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> rest.frame(1));
    }
}
