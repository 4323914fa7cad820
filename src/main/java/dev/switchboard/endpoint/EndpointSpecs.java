package dev.switchboard.endpoint;

import dev.switchboard.endpoint.EndpointSpec.OnReceive;
import dev.switchboard.framing.BadFramingException;
import dev.switchboard.framing.Framing;
import dev.switchboard.framing.FramingDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one definition; finds everything that is wrong with it, not only the first. For one use by one thread. */
final class EndpointSpecs {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_FRAME_BYTES = 16 << 20;
    private static final int MAX_DESCRIPTION = 500;

    private final EndpointDefinition definition;
    private final List<FieldError> errors = new ArrayList<>();

    private EndpointSpecs(EndpointDefinition definition) {
        this.definition = definition;
    }

    /** @throws RefusedException naming every field at fault */
    static EndpointSpec read(EndpointDefinition definition) {
        return new EndpointSpecs(definition).read();
    }

    private EndpointSpec read() {
        refuseWhatComesLater();
        String name = name();
        boolean autoStart = definition.autoStart() == null || definition.autoStart();
        OnReceive onReceive = onReceive();
        String description = description();
        EndpointSpec spec = null;
        switch (definition.type()) {
            case "tcp-server" -> {
                refuse("remote", definition.remote(), "a tcp-server has no remote: its peers come to it");
                refuse("reconnect", definition.reconnect(), "only a tcp-client connects again");
                spec = new EndpointSpec.TcpServer(
                        name,
                        required("bind", definition.bind(), 0),
                        framing(),
                        maxFrameBytes(),
                        whenFull(),
                        autoStart,
                        onReceive,
                        description);
            }
            case "tcp-client" -> {
                boolean reconnect = definition.reconnect() == null || definition.reconnect();
                spec = new EndpointSpec.TcpClient(
                        name,
                        required("remote", definition.remote(), 1),
                        optional("bind", definition.bind(), 0),
                        framing(),
                        maxFrameBytes(),
                        whenFull(),
                        reconnect,
                        autoStart,
                        onReceive,
                        description);
            }
            case "udp" -> {
                refuse("framing", definition.framing(), "a datagram is always one frame: leave framing out");
                refuse("maxFrameBytes", definition.maxFrameBytes(), "a datagram has at most 65507 bytes by itself");
                refuse("reconnect", definition.reconnect(), "only a tcp-client connects again");
                refuse("whenFull", definition.whenFull(), "only TCP has peers to wait for: leave it out");
                spec = new EndpointSpec.Udp(
                        name,
                        required("bind", definition.bind(), 0),
                        optional("remote", definition.remote(), 1),
                        autoStart,
                        onReceive,
                        description);
            }
            case null -> error("type", "is missing: choose tcp-server, tcp-client or udp");
            default -> error("type", "'" + definition.type() + "' is no type: choose tcp-server, tcp-client or udp");
        }
        if (!errors.isEmpty() || spec == null) {
            throw RefusedException.meaningless(errors);
        }
        return spec;
    }

    private void refuseWhatComesLater() {
        refuse("tls", definition.tls(), "TLS is not supported yet: leave it out");
        refuse("multicast", definition.multicast(), "multicast is not supported yet: leave it out");
        refuse("socketOptions", definition.socketOptions(), "socket options are not supported yet: leave them out");
        if (Boolean.TRUE.equals(definition.broadcast())) {
            error("broadcast", "broadcast is not supported yet: leave it out");
        }
    }

    private String name() {
        String name = definition.name();
        if (name == null) {
            error("name", "is missing: give it a name, such as meter-1");
            return "";
        }
        if (!NAME.matcher(name).matches()) {
            error(
                    "name",
                    "'" + name + "' can't be a name: use 1 to 63 lower-case letters, digits and dashes, and begin with"
                            + " a letter or a digit");
        }
        return name;
    }

    private OnReceive onReceive() {
        return switch (definition.onReceive()) {
            case "echo" -> OnReceive.ECHO;
            case "none" -> OnReceive.NONE;
            case null -> OnReceive.NONE;
            default -> {
                error("onReceive", "'" + definition.onReceive() + "' can't be done: choose none or echo");
                yield OnReceive.NONE;
            }
        };
    }

    private String description() {
        String description = definition.description() == null ? "" : definition.description();
        if (description.length() > MAX_DESCRIPTION) {
            error("description", "has " + description.length() + " characters: " + MAX_DESCRIPTION + " are allowed");
        }
        return description;
    }

    private Framing framing() {
        FramingDefinition framing = definition.framing();
        if (framing == null) {
            return new Framing.Raw();
        }
        try {
            Framing read = framing.framing();
            if (read instanceof Framing.Fixed fixed && fixed.size() > maxFrameBytes()) {
                error("framing.size", fixed.size() + " is more than maxFrameBytes, which is " + maxFrameBytes());
            }
            return read;
        } catch (BadFramingException e) {
            error("framing." + e.field(), String.valueOf(e.getMessage()));
            return new Framing.Raw();
        }
    }

    private int maxFrameBytes() {
        Integer given = definition.maxFrameBytes();
        if (given == null) {
            return EndpointDefinition.DEFAULT_MAX_FRAME_BYTES;
        }
        if (given < 1 || given > MAX_FRAME_BYTES) {
            error("maxFrameBytes", given + " is out of range: choose 1 to " + MAX_FRAME_BYTES);
        }
        return given;
    }

    private WhenFull whenFull() {
        String word = definition.whenFull();
        if (word == null) {
            return WhenFull.PAUSE_READING;
        }
        Optional<WhenFull> policy = WhenFull.of(word);
        if (policy.isEmpty()) {
            error("whenFull", "'" + word + "' can't be done: choose pause-reading, drop-newest or close");
        }
        return policy.orElse(WhenFull.PAUSE_READING);
    }

    private Address required(String field, @Nullable String text, int lowestPort) {
        Address address = optional(field, text, lowestPort);
        if (address == null && (text == null || text.isBlank())) {
            error(field, "is missing: give an address, such as 127.0.0.1:9001");
        }
        return address == null ? new Address("127.0.0.1", 0) : address;
    }

    private @Nullable Address optional(String field, @Nullable String text, int lowestPort) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            Address address = Address.parse(text);
            if (address.port() < lowestPort) {
                error(field, "nobody can be reached at port 0: give a port from 1 to 65535");
            }
            return address;
        } catch (IllegalArgumentException e) {
            error(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private void refuse(String field, @Nullable Object value, String why) {
        if (value != null) {
            error(field, why);
        }
    }

    private void error(String field, String message) {
        FieldError error = new FieldError(field, message);
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }
}
