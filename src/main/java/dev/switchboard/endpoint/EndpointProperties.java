package dev.switchboard.endpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the sockets.
 *
 * @param dataDir the folder of all that is kept: endpoints made over the API, and history; made if missing
 * @param starter whether a first start with an empty data directory makes a few endpoints to begin with
 * @param starterAddress the address of this machine that those listen on; in a container the port is published from
 *     outside, so there it is 0.0.0.0
 * @param endpoints endpoints that are there at every start, each in the words of the API
 * @param loops how many threads move the bytes of TCP, 1 to 64; one is right for two cores
 * @param backlog how many connections may wait to be accepted, 1 to 65535; the kernel has its own bound
 * @param maxEndpoints how many endpoints there may be, at least 1
 * @param maxPeers how many peers a UDP endpoint remembers, at least 1
 * @param maxQueued what may wait to be sent on one connection, at least 1KB
 * @param maxConnections how many accepted TCP connections may be open on all endpoints, at least 1; one more is reset
 * @param maxEndpointConnections how many accepted TCP connections may be open on one endpoint, at least 1; one more is
 *     reset
 * @param maxAccepts how many connections an endpoint accepts in a second, at least 1; others wait in the backlog
 * @param silentTimeout how long an accepted connection may be open on which nothing was ever said, 1s or more; 0 for as
 *     long as it likes
 * @param closedKept how many closed connections are remembered, at least 1
 * @param halfCloseLinger how long a connection whose peer has sent FIN stays open for us to send, 0 or more
 * @param connectTimeout how long an attempt to connect may take, at least 10ms
 * @param sendTimeout how long a sender waits for the kernel to take the bytes, at least 10ms
 * @param reconnectMax the longest wait between two attempts to connect, at least 200ms
 */
@ConfigurationProperties("switchboard")
record EndpointProperties(
        @DefaultValue("data") Path dataDir,
        @DefaultValue("true") boolean starter,
        @DefaultValue("127.0.0.1") String starterAddress,
        @DefaultValue List<EndpointDefinition> endpoints,
        @DefaultValue("1") int loops,
        @DefaultValue("1024") int backlog,
        @DefaultValue("200") int maxEndpoints,
        @DefaultValue("10000") int maxPeers,
        @DefaultValue("4MB") DataSize maxQueued,
        @DefaultValue("50000") int maxConnections,
        @DefaultValue("25000") int maxEndpointConnections,
        @DefaultValue("20000") int maxAccepts,
        @DefaultValue("1h") Duration silentTimeout,
        @DefaultValue("10000") int closedKept,
        @DefaultValue("5s") Duration halfCloseLinger,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration sendTimeout,
        @DefaultValue("30s") Duration reconnectMax) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    EndpointProperties {
        try {
            Address.parse(starterAddress + ":0");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "switchboard.starter-address must be an address without a port, such as 0.0.0.0 or [::1], not '"
                            + starterAddress + "'");
        }
        from1To("loops", loops, 64);
        from1To("backlog", backlog, 65535);
        atLeastOne("max-endpoints", maxEndpoints);
        atLeastOne("max-peers", maxPeers);
        atLeastOne("max-connections", maxConnections);
        atLeastOne("max-endpoint-connections", maxEndpointConnections);
        atLeastOne("max-accepts", maxAccepts);
        atLeastOne("closed-kept", closedKept);
        notTooLong("silent-timeout", silentTimeout);
        if (!silentTimeout.isZero() && silentTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "switchboard.silent-timeout must be 0 or from 1s on, not " + silentTimeout.toMillis() + "ms");
        }
        if (maxQueued.toBytes() < 1 << 10) {
            throw new IllegalArgumentException("switchboard.max-queued must be at least 1KB, not " + maxQueued);
        }
        atLeast("half-close-linger", halfCloseLinger, 0);
        atLeast("connect-timeout", connectTimeout, 10);
        atLeast("send-timeout", sendTimeout, 10);
        atLeast("reconnect-max", reconnectMax, 200);
    }

    ListenerLimits listener() {
        Descriptors descriptors = Descriptors.ofThisProcess();
        boolean few = descriptors.room() < maxConnections;
        return new ListenerLimits(
                backlog,
                maxEndpointConnections,
                few ? descriptors.room() : maxConnections,
                few
                        ? "as many as there is room for where this process may open " + descriptors.most()
                                + " files and sockets (ulimit -n)"
                        : "as many as switchboard.max-connections allows",
                maxAccepts);
    }

    private static void atLeastOne(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("switchboard." + property + " must be at least 1, not " + value);
        }
    }

    private static void from1To(String property, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "switchboard." + property + " must be from 1 to " + most + ", not " + value);
        }
    }

    /** Everything is counted in nanoseconds, of which a long has no more than 292 years. */
    private static void notTooLong(String property, Duration value) {
        if (value.abs().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("switchboard." + property + " must be at most " + LONGEST.toDays()
                    + "d, not " + value.toDays() + "d");
        }
    }

    private static void atLeast(String property, Duration value, long millis) {
        notTooLong(property, value);
        if (value.compareTo(Duration.ofMillis(millis)) < 0) {
            throw new IllegalArgumentException(
                    "switchboard." + property + " must be at least " + millis + "ms, not " + value.toMillis() + "ms");
        }
    }
}
