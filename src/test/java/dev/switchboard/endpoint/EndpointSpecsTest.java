package dev.switchboard.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.framing.Framing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EndpointSpecsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** With single quotes, for the reader's sake. */
    private static EndpointSpec read(String json) {
        return EndpointSpecs.read(JSON.readValue(json.replace('\'', '"'), EndpointDefinition.class));
    }

    private static void refused(String json, String... fields) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.kind()).isEqualTo(RefusedException.Kind.MEANINGLESS);
            assertThat(e.errors()).extracting(FieldError::field).containsExactlyInAnyOrder(fields);
        });
    }

    @Test
    void aServerNeedsNoMoreThanANameAndAnAddress() {
        assertThat(read("{'name':'m','type':'tcp-server','bind':'127.0.0.1:9001'}"))
                .isEqualTo(new EndpointSpec.TcpServer(
                        "m",
                        new Address("127.0.0.1", 9001),
                        new Framing.Raw(),
                        1 << 20,
                        WhenFull.PAUSE_READING,
                        true,
                        OnReceive.NONE,
                        ""));
    }

    @Test
    void aClientReconnectsUnlessToldOtherwise() {
        EndpointSpec.TcpClient client =
                (EndpointSpec.TcpClient) read("{'name':'c','type':'tcp-client','remote':'meter.lab:502'}");
        assertThat(client.reconnect()).isTrue();
        assertThat(client.bind()).isNull();
        assertThat(((EndpointSpec.TcpClient)
                                read("{'name':'c','type':'tcp-client','remote':'meter.lab:502','reconnect':false}"))
                        .reconnect())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "a-b-c", "9lives", "a23456789012345678901234567890123456789012345678901234567890123"})
    void aNameMayBe(String name) {
        assertThat(read("{'name':'%s','type':'udp','bind':'[::1]:0'}".formatted(name))
                        .name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "A",
                "a_b",
                "a.b",
                "a b",
                "ä",
                "a/b",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void aNameMayNotBe(String name) {
        refused("{'name':'%s','type':'udp','bind':'127.0.0.1:0'}".formatted(name), "name");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name,type",
                "{'name':'x'} | type",
                "{'name':'x','type':'sctp'} | type",
                "{'name':'x','type':'tcp-server'} | bind",
                "{'name':'x','type':'tcp-server','bind':' '} | bind",
                "{'name':'x','type':'tcp-server','bind':'9001'} | bind",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','remote':'a:1'} | remote",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','reconnect':true} | reconnect",
                "{'name':'x','type':'tcp-client'} | remote",
                "{'name':'x','type':'tcp-client','remote':'a:0'} | remote",
                "{'name':'x','type':'tcp-client','remote':'a:1','bind':'b'} | bind",
                "{'name':'x','type':'udp'} | bind",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','framing':{'type':'lf'}} | framing",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','maxFrameBytes':9} | maxFrameBytes",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','reconnect':false} | reconnect",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','whenFull':'close'} | whenFull",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','remote':'a:0'} | remote",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','maxFrameBytes':0} | maxFrameBytes",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','maxFrameBytes':16777217} | maxFrameBytes",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','whenFull':'explode'} | whenFull",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','onReceive':'Echo'} | onReceive",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{}} | framing.type",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{'type':'length'}} | framing.bytes",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{'type':'length','bytes':3}} | framing.bytes",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{'type':'fixed','size':0}} | framing.size",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','maxFrameBytes':4,'framing':{'type':'fixed','size':5}} | framing.size",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{'type':'delimiter'}} | framing.delimiter",
                "{'name':'x','type':'tcp-server','bind':'127.0.0.1:0','framing':{'type':'lf','size':1}} | framing.size",
                "{'name':'X','type':'tcp-server','bind':'q','maxFrameBytes':-1,'tls':{}} | name,bind,maxFrameBytes,tls",
                "{'name':'x','type':'udp','bind':'127.0.0.1:0','tls':{'a':1},'multicast':{'group':'g'},'broadcast':true,'socketOptions':{'b':2}} | tls,multicast,broadcast,socketOptions",
            })
    void everyFieldAtFaultIsNamed(String json, String fields) {
        refused(json, fields.split(","));
    }

    @Test
    void whatComesLaterMayBeDeclined() {
        read("{'name':'x','type':'udp','bind':'127.0.0.1:0','tls':null,'broadcast':false,'multicast':null}");
    }

    @Test
    void aDescriptionHasABound() {
        String json = "{'name':'x','type':'udp','bind':'127.0.0.1:0','description':'%s'}";
        assertThat(read(json.formatted("d".repeat(500))).description()).hasSize(500);
        refused(json.formatted("d".repeat(501)), "description");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'a','type':'tcp-server','bind':'[::1]:9001','framing':{'type':'delimiter','delimiter':';'},'maxFrameBytes':7,'onReceive':'echo','autoStart':false,'description':'d','whenFull':'drop-newest'}",
                "{'name':'a','type':'tcp-client','remote':'h:1','bind':'127.0.0.1:0','framing':{'type':'length','bytes':2},'reconnect':false,'whenFull':'close'}",
                "{'name':'a','type':'udp','bind':'127.0.0.1:0','remote':'h:1','onReceive':'echo'}"
            })
    void aDefinitionWrittenDownReadsAsTheSameSpec(String json) {
        EndpointSpec spec = read(json);
        String written = JSON.writeValueAsString(EndpointDefinition.of(spec));
        assertThat(EndpointSpecs.read(JSON.readValue(written, EndpointDefinition.class)))
                .isEqualTo(spec);
        assertThat(spec.sameSocketAs(spec)).isTrue();
    }

    @Test
    void anotherSocketIsNeededOnlyForWhatTheSocketDoes() {
        String json = "{'name':'a','type':'tcp-server','bind':'127.0.0.1:%d','framing':{'type':'%s'},"
                + "'onReceive':'%s','description':'%s'}";
        EndpointSpec spec = read(json.formatted(1, "lf", "none", "d"));
        assertThat(read(json.formatted(1, "lf", "echo", "e")).sameSocketAs(spec))
                .isTrue();
        assertThat(read(json.formatted(2, "lf", "none", "d")).sameSocketAs(spec))
                .isFalse();
        assertThat(read(json.formatted(1, "nul", "none", "d")).sameSocketAs(spec))
                .isFalse();
        assertThat(read("{'name':'a','type':'udp','bind':'127.0.0.1:1'}").sameSocketAs(spec))
                .isFalse();
    }
}
