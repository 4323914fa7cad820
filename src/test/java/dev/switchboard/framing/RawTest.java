package dev.switchboard.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

class RawTest {

    private final Framing raw = new Framing.Raw();

    @Example
    void makesEachReadAFrame() {
        Cut cut = Cut.by(raw.decoder(1), new byte[10], List.of(3, 0, 5));

        assertThat(cut.frames())
                .containsExactly(new Cut.Frame(3, 0, 0), new Cut.Frame(8, 0, 0), new Cut.Frame(10, 0, 0));
        assertThat(cut.errorOffset()).isEqualTo(OptionalLong.empty());
        assertThat(cut.pending()).isZero();
    }

    @Property
    void sendsAPayloadAsItIs(@ForAll @NotEmpty byte[] payload) throws UnframeableException {
        Framed framed = raw.frame(payload);

        assertThat(framed.wire()).isEqualTo(payload);
        assertThat(framed.header() + framed.trailer()).isZero();
    }

    @Example
    void hasNothingToSendForAnEmptyPayload() {
        assertThatExceptionOfType(UnframeableException.class)
                .isThrownBy(() -> raw.frame(new byte[0]))
                .withMessageContaining("give at least one byte");
    }
}
