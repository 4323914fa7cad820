package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.history.Counters;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The wire format, held against files that the tests of the page's scripts read, too. */
class LiveJsonTest {

    private static final long AT = 1_785_585_600_000_042_000L;
    private static final ConnectionKey CONNECTION =
            new ConnectionKey("m1k2-3", "meter", Transport.TCP, Role.ACCEPTED, "127.0.0.1:9001", "127.0.0.1:50412", AT);
    private static final Counters COUNTERS = new Counters(1785585600000045L, 2, 1, 14, 6, 1, 0, 0);

    private final JsonMapper mapper = new JsonMapper();
    private final LiveJson json = new LiveJson(mapper);

    private JsonNode golden(String name) throws IOException {
        try (InputStream file = getClass().getResourceAsStream(name)) {
            return mapper.readTree(file);
        }
    }

    private static Chunk line(long id, Direction direction, Origin origin, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        FrameEnds ends = new FrameEnds.Builder().add(bytes.length, 0, 2, origin).build();
        return new Chunk(id, AT + (id - 1785585600000042L) * 1000, CONNECTION, direction, bytes, ends, null);
    }

    @Test
    void saysHello() throws Exception {
        assertThat(mapper.readTree(
                        json.hello("m1k2", 1785585600000041L, new Counters(0, 0, 0, 0, 0, 0, 0, 0), Optional.empty())))
                .isEqualTo(golden("hello.json"));
    }

    @Test
    void writesABatchInColumns() throws Exception {
        List<TrafficEvent> events = List.of(
                new LifeCycle(
                        1785585600000042L,
                        AT,
                        "meter",
                        CONNECTION,
                        LifeCycle.Kind.ACCEPTED,
                        LifeCycle.Call.ACCEPT,
                        "accept() = 127.0.0.1:50412",
                        null),
                line(1785585600000043L, Direction.IN, Origin.PEER, "PING\r\n"),
                line(1785585600000044L, Direction.OUT, Origin.OPERATOR, "PONG\r\n"),
                line(1785585600000045L, Direction.IN, Origin.PEER, "\u00e9\t\\\u0001\r\n"),
                new LifeCycle(
                        1785585600000046L, AT + 4000, "logs", null, LifeCycle.Kind.STOPPED, null, "stopped", null));
        LiveBatch batch = new LiveBatch(MessageFilter.ALL, 1785585600000041L);
        batch.add(new Tail.Step(1785585600000041L, 1785585600000046L, events, 7));
        assertThat(mapper.readTree(json.batch(batch, COUNTERS, Optional.empty())))
                .isEqualTo(golden("batch.json"));
    }

    @Test
    void saysWhyNothingIsRecorded() throws Exception {
        Optional<String> outage = Optional.of("the disk is full");
        assertThat(mapper.readTree(json.hello("m1k2", 41, COUNTERS, outage))
                        .get("outage")
                        .stringValue())
                .isEqualTo("the disk is full");
        assertThat(mapper.readTree(json.batch(new LiveBatch(MessageFilter.ALL, 41), COUNTERS, outage))
                        .get("outage")
                        .stringValue())
                .isEqualTo("the disk is full");
    }

    @Test
    void writesAnError() throws Exception {
        assertThat(mapper.readTree(json.error("type must be one of ack, filter, pause, resume")))
                .isEqualTo(golden("error.json"));
    }

    @Test
    void showsTheFirstBytesOfALongPayloadOnly() throws Exception {
        LiveBatch batch = new LiveBatch(MessageFilter.ALL, 41);
        List<TrafficEvent> events = List.of(new Chunk(
                42,
                AT,
                CONNECTION,
                Direction.IN,
                "x".repeat(1000).getBytes(UTF_8),
                FrameEnds.whole(1000, Origin.PEER),
                null));
        batch.add(new Tail.Step(41, 42, events, 0));
        JsonNode messages =
                mapper.readTree(json.batch(batch, COUNTERS, Optional.empty())).get("messages");
        assertThat(messages.get("preview").get(0).stringValue()).isEqualTo("x".repeat(160));
        assertThat(messages.get("bytes").get(0).intValue()).isEqualTo(1000);
    }
}
