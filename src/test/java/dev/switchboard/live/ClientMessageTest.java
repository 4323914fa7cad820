package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.switchboard.history.BytePattern;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Direction;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientMessageTest {

    private final JsonMapper mapper = new JsonMapper();

    private ClientMessage parse(String json) throws ClientMessage.Unintelligible {
        return ClientMessage.parse(json, mapper);
    }

    @Test
    void understandsWhatThePageSays() throws Exception {
        try (InputStream golden = getClass().getResourceAsStream("client.json")) {
            JsonNode said = mapper.readTree(golden);
            assertThat(parse(said.get("ack").toString())).isEqualTo(new ClientMessage.Ack(1785600000000042L));
            assertThat(parse(said.get("pause").toString())).isEqualTo(new ClientMessage.Pause());
            assertThat(parse(said.get("resume").toString())).isEqualTo(new ClientMessage.Resume());

            MessageFilter filter =
                    ((ClientMessage.Filter) parse(said.get("filter").toString())).filter();
            assertThat(filter.endpoint()).isEqualTo("meter");
            assertThat(filter.connection()).isEqualTo("m1k2-3");
            assertThat(filter.direction()).isEqualTo(Direction.IN);
            assertThat(filter.contains()).extracting(BytePattern::bytes).containsExactly("PING".getBytes(UTF_8));
            assertThat(parse(said.get("noFilter").toString())).isEqualTo(new ClientMessage.Filter(MessageFilter.ALL));
        }
    }

    @Test
    void takesAnEmptyFieldForNoCondition() throws Exception {
        assertThat(parse("{\"type\":\"filter\",\"contains\":\"\",\"endpoint\":\"\"}"))
                .isEqualTo(new ClientMessage.Filter(MessageFilter.ALL));
        assertThat(parse("{\"type\":\"filter\"}")).isEqualTo(new ClientMessage.Filter(MessageFilter.ALL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "\"ack\"",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"shout\"}",
                "{\"type\":\"ack\"}",
                "{\"type\":\"ack\",\"to\":\"soon\"}",
                "{\"type\":\"ack\",\"to\":1.5}",
                "{\"type\":\"ack\",\"to\":99999999999999999999}",
                "{\"type\":\"pause\",\"for\":\"5s\"}",
                "{\"type\":\"resume\",\"to\":\"1\"}",
                "{\"type\":\"filter\",\"endpiont\":\"meter\"}",
                "{\"type\":\"filter\",\"direction\":\"up\"}",
                "{\"type\":\"filter\",\"contains\":7}",
                "{\"type\":\"filter\",\"contains\":\"\\ud800\"}",
                "{\"type\":\"pause\"} {\"type\":\"pause\"}"
            })
    void saysWhyItDoesNotUnderstand(String text) {
        assertThatExceptionOfType(ClientMessage.Unintelligible.class)
                .isThrownBy(() -> parse(text))
                .withMessageMatching("(?s).+");
    }
}
