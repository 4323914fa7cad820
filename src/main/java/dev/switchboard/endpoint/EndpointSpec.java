package dev.switchboard.endpoint;

import dev.switchboard.framing.Framing;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an endpoint is to be: a definition that was found to make sense. */
public sealed interface EndpointSpec {

    /** Unique; {@code [a-z0-9][a-z0-9-]{0,62}}. */
    String name();

    /** The word the API uses: {@code tcp-server}, {@code tcp-client} or {@code udp}. */
    String type();

    /** Whether it starts by itself, when it is made and with the process. */
    boolean autoStart();

    OnReceive onReceive();

    String description();

    /** Whether a socket opened for {@code other} would serve this one just as well. */
    boolean sameSocketAs(EndpointSpec other);

    /** What is done with a frame that comes in, beside showing it. */
    enum OnReceive {
        NONE,
        ECHO;

        /** The word the API uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Listens and accepts. */
    record TcpServer(
            String name,
            Address bind,
            Framing framing,
            int maxFrameBytes,
            WhenFull whenFull,
            boolean autoStart,
            OnReceive onReceive,
            String description)
            implements EndpointSpec {

        @Override
        public String type() {
            return "tcp-server";
        }

        @Override
        public boolean sameSocketAs(EndpointSpec other) {
            return other instanceof TcpServer that
                    && bind.equals(that.bind)
                    && framing.equals(that.framing)
                    && maxFrameBytes == that.maxFrameBytes
                    && whenFull == that.whenFull;
        }
    }

    /** Connects, and connects again when it lost its peer. */
    record TcpClient(
            String name,
            Address remote,
            @Nullable Address bind,
            Framing framing,
            int maxFrameBytes,
            WhenFull whenFull,
            boolean reconnect,
            boolean autoStart,
            OnReceive onReceive,
            String description)
            implements EndpointSpec {

        @Override
        public String type() {
            return "tcp-client";
        }

        @Override
        public boolean sameSocketAs(EndpointSpec other) {
            return other instanceof TcpClient that
                    && remote.equals(that.remote)
                    && Objects.equals(bind, that.bind)
                    && framing.equals(that.framing)
                    && maxFrameBytes == that.maxFrameBytes
                    && whenFull == that.whenFull;
        }
    }

    /** Sends and receives datagrams. */
    record Udp(
            String name,
            Address bind,
            @Nullable Address remote,
            boolean autoStart,
            OnReceive onReceive,
            String description)
            implements EndpointSpec {

        @Override
        public String type() {
            return "udp";
        }

        @Override
        public boolean sameSocketAs(EndpointSpec other) {
            return other instanceof Udp that && bind.equals(that.bind);
        }
    }
}
