package dev.switchboard.bench;

import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficChannels;
import dev.switchboard.traffic.Transport;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.integration.channel.PublishSubscribeChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/** One frame through a channel like {@link TrafficChannels#INBOUND} to a subscriber that does nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ChannelBenchmark {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext(Integration.class);
    private final PublishSubscribeChannel channel = new PublishSubscribeChannel();
    private final MessageHeaders headers = new Headers();
    private final ConnectionKey key =
            new ConnectionKey("c-1", "echo", Transport.TCP, Role.ACCEPTED, "127.0.0.1:1", "127.0.0.1:2", 0);
    private final byte[] bytes = new byte[64];

    @EnableIntegration
    static class Integration {}

    private static final class Headers extends MessageHeaders {
        private static final long serialVersionUID = 1;

        private Headers() {
            super(Map.of("ip_connectionId", "c-1"), ID_VALUE_NONE, -1L);
        }
    }

    @Setup
    public void subscribe(Blackhole hole) {
        channel.setIgnoreFailures(true);
        context.getBeanFactory().registerSingleton(TrafficChannels.INBOUND, channel);
        context.getBeanFactory().initializeBean(channel, TrafficChannels.INBOUND);
        channel.subscribe(message -> hole.consume(message.getPayload()));
    }

    @TearDown
    public void close() {
        context.close();
    }

    @Benchmark
    public boolean hop() {
        Frame frame = new Frame(1, 1, key, Direction.IN, Origin.PEER, bytes, 0, 63, 64, true);
        return channel.send(new GenericMessage<>(frame, headers));
    }
}
