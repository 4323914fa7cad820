package dev.switchboard.traffic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TailTest {

    @Property(tries = 200)
    void aTailJoinsWhatCameInPieces(@ForAll List<String> pieces, @ForAll String last) {
        Tail tail = new Tail();
        StringBuilder all = new StringBuilder();
        for (String piece : pieces) {
            byte[] bytes = ("x" + piece + "y").getBytes(ISO_8859_1);
            tail.append(bytes, 1, bytes.length - 1);
            all.append(new String(bytes, 1, bytes.length - 2, ISO_8859_1));
        }
        assertThat(tail.isEmpty()).isEqualTo(all.isEmpty());
        byte[] end = (last + "rest").getBytes(ISO_8859_1);
        byte[] joined = tail.join(end, end.length - 4);
        assertThat(new String(joined, ISO_8859_1)).isEqualTo(all + new String(end, 0, end.length - 4, ISO_8859_1));
        assertThat(tail.isEmpty()).isTrue();
        assertThat(tail.take()).isEmpty();
    }
}
