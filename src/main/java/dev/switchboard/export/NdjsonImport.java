package dev.switchboard.export;

import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.UtcMicros;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes traffic out of our own NDJSON: of what {@code GET /api/stream?format=ndjson} and the export write. Endpoints
 * keep their names, with that of the import ahead. A message becomes a chunk that is one frame; what framing stood
 * around it is not in the file. Fields that are not known are passed over. Used by one thread, once.
 */
final class NdjsonImport {

    private static final int MAX_ENDPOINTS = 1_000;
    private static final int MAX_CONNECTIONS = 65_536;
    /** Whoever adds up gaps must not run over. */
    private static final long MOST_MISSED = 1L << 50;

    private static final long MOST_MICROS = Long.MAX_VALUE / 1000;

    /** Where a connection is known by its life-cycle events alone, so far: they don't have its addresses. */
    private static final String UNKNOWN = "0.0.0.0:0";

    /** Claims the name of an endpoint for this import. */
    interface Names {
        void claim(String endpoint) throws TakenNameException;
    }

    private final String name;
    private final Names names;
    private final JsonMapper mapper;
    private final Intake intake;

    private final Map<String, String> endpoints = new HashMap<>();
    /**
     * By endpoint and id in the file; the one silent longest is forgotten, and would be another one if it came again.
     */
    private final Map<String, ConnectionKey> connections = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ConnectionKey> eldest) {
            return size() > MAX_CONNECTIONS;
        }
    };

    private final Map<String, Role> roles = new HashMap<>();
    private @Nullable String lastEndpoint;
    private long connectionsMade;
    private long changedBytes;
    private long strayGaps;

    NdjsonImport(String name, Names names, JsonMapper mapper, Intake intake) {
        this.name = name;
        this.names = names;
        this.mapper = mapper;
        this.intake = intake;
    }

    /** @return what was wrong with a last line that was cut, or null */
    @Nullable
    String read(InputStream in)
            throws IOException, UnreadableImportException, ImportTooLargeException, TakenNameException {
        LineReader lines = new LineReader(in);
        byte[] line = lines.next();
        while (line != null) {
            try {
                line(line, lines.number());
            } catch (BadLineException e) {
                String what = "line " + lines.number() + ": " + e.getMessage();
                if (lines.torn() && !intake.isEmpty()) {
                    return what;
                }
                throw new UnreadableImportException(what);
            }
            intake.handOn();
            line = lines.next();
        }
        return null;
    }

    /** Within a line; the message does not name the line. */
    private static final class BadLineException extends Exception {

        private static final long serialVersionUID = 1L;

        private BadLineException(String message) {
            super(message);
        }
    }

    private void line(byte[] line, long number) throws BadLineException, TakenNameException {
        int from = number == 1 && line.length >= 3 && line[0] == (byte) 0xEF ? 3 : 0;
        if (isBlank(line, from)) {
            return;
        }
        JsonNode object;
        try {
            object = mapper.readTree(line, from, line.length - from);
        } catch (JacksonException e) {
            // What is nested too deep, or has a number too long, has no place.
            TokenStreamLocation at = e.getLocation();
            throw new BadLineException(
                    at == null
                            ? "this is no JSON object that can be read"
                            : "this is no JSON object, from character " + at.getColumnNr() + " on");
        }
        if (!object.isObject()) {
            throw new BadLineException("this is no JSON object");
        }
        switch (text(object, "event")) {
            case "message" -> message(object);
            case "lifecycle" -> lifeCycle(object);
            case "gap" -> gap(object);
            case "heartbeat" -> {}
            case String other ->
                throw new BadLineException(
                        "event " + other + " is unknown; it is one of message, lifecycle, gap, heartbeat");
        }
    }

    private static boolean isBlank(byte[] line, int from) {
        for (int i = from; i < line.length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private void message(JsonNode message) throws BadLineException, TakenNameException {
        Transport transport = word(message, "transport", Transport.values(), Transport::word);
        Direction direction = word(message, "direction", Direction.values(), Direction::word);
        Origin origin = word(message, "origin", Origin.values(), Origin::word);
        byte[] payload = payload(message);
        long at = intake.time(time(message));
        ConnectionKey connection = connection(
                endpoint(message),
                text(message, "connection"),
                transport,
                text(message, "local"),
                text(message, "remote"),
                at);
        if (message.path("complete").asBoolean(true)) {
            intake.chunk(connection, direction, payload, FrameEnds.whole(payload.length, origin), null, at);
        } else {
            intake.unfinished(connection, direction, origin, payload, at);
        }
    }

    private byte[] payload(JsonNode message) throws BadLineException {
        PayloadEncoding encoding = word(message, "encoding", PayloadEncoding.values(), PayloadEncoding::word);
        try {
            byte[] payload = encoding.decode(text(message, "payload"));
            JsonNode bytes = message.path("bytes");
            changedBytes += bytes.isIntegralNumber() && bytes.asLong() != payload.length ? 1 : 0;
            return payload;
        } catch (IllegalArgumentException e) {
            throw new BadLineException("payload: " + e.getMessage());
        }
    }

    private void lifeCycle(JsonNode event) throws BadLineException, TakenNameException {
        LifeCycle.Kind kind = word(event, "type", LifeCycle.Kind.values(), LifeCycle.Kind::word);
        LifeCycle.Call call = event.path("call").isString()
                ? word(event, "call", LifeCycle.Call.values(), LifeCycle.Call::word)
                : null;
        long at = intake.time(time(event));
        String endpoint = endpoint(event);
        ConnectionKey connection = null;
        if (event.path("connection").isString()) {
            String id = text(event, "connection");
            String key = endpoint + ' ' + id;
            if (kind == LifeCycle.Kind.CONNECTED && roles.size() < MAX_CONNECTIONS) {
                roles.put(key, Role.CONNECTED);
            }
            ConnectionKey known = connections.get(key);
            connection = known != null ? known : connection(endpoint, id, Transport.TCP, UNKNOWN, UNKNOWN, at);
        }
        intake.lifeCycle(
                endpoint,
                connection,
                kind,
                call,
                event.path("detail").asString(""),
                kind.end() && connection != null ? reason(kind) : null,
                at,
                took(event));
    }

    private static long took(JsonNode event) throws BadLineException {
        JsonNode took = event.path("took");
        if (took.isMissingNode() || took.isNull()) {
            return LifeCycle.UNTIMED;
        }
        if (!took.isIntegralNumber() || !took.canConvertToLong() || took.asLong() < 0 || took.asLong() > MOST_MICROS) {
            throw new BadLineException("took: a number of microseconds is needed");
        }
        return took.asLong() * 1000;
    }

    /** The reason does not stand in an event. */
    private static CloseReason reason(LifeCycle.Kind kind) {
        return kind == LifeCycle.Kind.RESET ? CloseReason.PEER_RESET : CloseReason.PEER_CLOSED;
    }

    private void gap(JsonNode gap) throws BadLineException, TakenNameException {
        JsonNode skipped = gap.path("skipped");
        if (!skipped.isIntegralNumber()
                || !skipped.canConvertToLong()
                || skipped.asLong() < 0
                || skipped.asLong() > MOST_MISSED) {
            throw new BadLineException("skipped: a number of frames is needed");
        }
        String endpoint = gap.path("endpoint").isString() ? endpoint(gap) : lastEndpoint;
        if (endpoint == null) {
            strayGaps += skipped.asLong();
        } else if (skipped.asLong() > 0) {
            intake.gap(endpoint, skipped.asLong(), intake.now());
        }
    }

    private String endpoint(JsonNode object) throws BadLineException, TakenNameException {
        String original = text(object, "endpoint");
        String known = endpoints.get(original);
        if (known == null) {
            if (!ImportNames.isEndpoint(original)) {
                throw new BadLineException("endpoint " + original + " is no name: a-z, 0-9 and -, at most 63 of them");
            }
            if (endpoints.size() == MAX_ENDPOINTS) {
                throw new BadLineException("there are more than " + MAX_ENDPOINTS + " endpoints in this file");
            }
            known = ImportNames.endpoint(name, original);
            names.claim(known);
            endpoints.put(original, known);
        }
        lastEndpoint = known;
        return known;
    }

    private ConnectionKey connection(
            String endpoint, String id, Transport transport, String local, String remote, long at) {
        String key = endpoint + ' ' + id;
        ConnectionKey known = connections.get(key);
        if (known != null
                && known.transport() == transport
                && known.local().equals(local)
                && known.remote().equals(remote)) {
            return known;
        }
        Role role = transport == Transport.UDP ? Role.PEER : roles.getOrDefault(key, Role.ACCEPTED);
        ConnectionKey made = new ConnectionKey(
                known == null ? ImportNames.connection(name, ++connectionsMade) : known.id(),
                endpoint,
                transport,
                role,
                local,
                remote,
                known == null ? at : known.openedAt());
        connections.put(key, made);
        return made;
    }

    private static long time(JsonNode object) throws BadLineException {
        String text = text(object, "at");
        try {
            return UtcMicros.parse(text);
        } catch (DateTimeException e) {
            throw new BadLineException("at: " + text + " is not a time, such as 2026-08-01T12:00:00.000042Z");
        }
    }

    private static String text(JsonNode object, String field) throws BadLineException {
        JsonNode value = object.path(field);
        if (!value.isString()) {
            throw new BadLineException(field + (value.isMissingNode() ? " is missing" : ": a string is needed"));
        }
        return value.asString();
    }

    private static <T> T word(JsonNode object, String field, T[] choices, Function<T, String> word)
            throws BadLineException {
        String text = text(object, field);
        for (T choice : choices) {
            if (word.apply(choice).equals(text)) {
                return choice;
            }
        }
        throw new BadLineException(field + ": " + text + " is unknown; it is one of "
                + Arrays.stream(choices).map(word).collect(Collectors.joining(", ")));
    }

    long connections() {
        return connectionsMade;
    }

    void warn(List<String> warnings) {
        CaptureImport.add(
                warnings,
                changedBytes,
                "message",
                " with another number of bytes than was written down (the encoding text can't show every byte; export as"
                        + " escaped)");
        CaptureImport.add(warnings, strayGaps, "missing frame", " of nobody knows which endpoint");
    }
}
