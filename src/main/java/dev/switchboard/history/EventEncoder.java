package dev.switchboard.history;

import dev.switchboard.pcapng.BlockWriter;
import dev.switchboard.pcapng.LinkType;
import dev.switchboard.traffic.Chunk;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.Gap;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import dev.switchboard.traffic.Unfinished;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes events as blocks of one pcapng file, so that {@link EventDecoder} reads them back as they were and Wireshark
 * shows them as packets; {@link LogFormat} says how. Used by one thread.
 */
final class EventEncoder {

    private final Conversations conversations;
    private final BlockWriter out;
    private final Map<String, Integer> interfaces = new HashMap<>();
    private final Map<String, Numbered> numbers = new HashMap<>();
    private final Body body = new Body();

    /** A connection that was written out in this stretch. */
    private static final class Numbered {
        private final ConnectionKey key;
        private final int number;
        private final KnownEnds inbound = new KnownEnds();
        private final KnownEnds outbound = new KnownEnds();

        Numbered(ConnectionKey key, int number) {
            this.key = key;
            this.number = number;
        }
    }

    /** Of those written out in this stretch. */
    private int lastNumber;

    /** @param out begins with a section header for this file; what was written is taken from it by the caller */
    EventEncoder(Conversations conversations, BlockWriter out) {
        this.conversations = conversations;
        this.out = out;
        out.sectionHeader("Switchboard");
    }

    /** Begins a stretch, which can be read without what stands before it in the file. */
    void beginStretch() {
        numbers.clear();
        lastNumber = 0;
        begin(LogFormat.STRETCH);
        own();
    }

    /** Marks the end of an orderly run. */
    void end() {
        begin(LogFormat.END);
        own();
    }

    void write(TrafficEvent event) {
        switch (event) {
            case Chunk chunk -> writeChunk(chunk);
            case Unfinished rest -> writeUnfinished(rest);
            case LifeCycle lifeCycle -> writeLifeCycle(lifeCycle);
            case Gap gap -> writeGap(gap);
        }
    }

    /** Bytes of a connection were there and are not any more. */
    void skip(Chunk chunk, int bytes) {
        conversations.of(chunk.connection()).packets().skip(chunk.direction() == Direction.IN, bytes);
    }

    /** Goes on with a connection as a stretch was written with it. */
    void continueFrom(EventDecoder.Peer peer) {
        conversations.resume(peer.key(), peer.mirror()).continueFrom(peer.inbound(), peer.outbound());
    }

    private void writeChunk(Chunk chunk) {
        Numbered numbered = numbered(chunk.connection());
        Conversations.Entry conversation = conversations.of(chunk.connection());
        byte[] straddler = chunk.straddler();
        if (straddler != null) {
            parts(straddler);
        }
        byte[] bytes = chunk.bytes();
        boolean inbound = chunk.direction() == Direction.IN;
        int most = conversation.mirror()
                ? LogFormat.PART_BYTES
                : conversation.packets().maxPayload();
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + most);
            begin(LogFormat.CHUNK);
            body.octet((to < bytes.length ? LogFormat.MORE : 0)
                    | (from > 0 ? LogFormat.CONTINUED : 0)
                    | (straddler == null ? 0 : LogFormat.STRADDLER)
                    | (inbound ? 0 : LogFormat.OUTBOUND));
            body.number(numbered.number);
            if (from == 0) {
                (inbound ? numbered.inbound : numbered.outbound).write(chunk.ends(), body);
            }
            if (conversation.mirror()) {
                mirrored(chunk, from, to);
            } else {
                packet(chunk, conversation, inbound, from, to);
            }
            from = to;
        } while (from < bytes.length);
    }

    private void packet(Chunk chunk, Conversations.Entry conversation, boolean inbound, int from, int to) {
        conversation
                .packets()
                .beginData(out, interfaceOf(chunk.endpoint()), chunk.at(), inbound, chunk.bytes(), from, to);
        for (int i = 0; i < body.size(); i += BlockWriter.MAX_OPTION) {
            int end = Math.min(body.size(), i + BlockWriter.MAX_OPTION);
            out.localOption(LogFormat.OPTION, body.bytes(), i, end);
        }
        out.direction(inbound);
        out.packetId(chunk.id());
        out.endBlock();
    }

    /** The body ends with id, time, and the bytes. */
    private void mirrored(Chunk chunk, int from, int to) {
        body.number(chunk.id()).number(chunk.at());
        out.beginLocal(LogFormat.BLOCK, body.size() + 10 + to - from);
        out.put(body.bytes(), 0, body.size());
        body.clear();
        body.number(to - from);
        out.put(body.bytes(), 0, body.size());
        out.put(chunk.bytes(), from, to);
        out.align();
        out.endBlock();
    }

    private void writeUnfinished(Unfinished rest) {
        int number = number(rest.connection());
        parts(rest.wire());
        begin(LogFormat.UNFINISHED);
        body.octet(rest.direction() == Direction.OUT ? LogFormat.OUTBOUND : 0)
                .number(number)
                .number(rest.id())
                .number(rest.at())
                .octet(rest.origin().ordinal());
        own();
    }

    private void parts(byte[] bytes) {
        int from = 0;
        do {
            int to = Math.min(bytes.length, from + LogFormat.PART_BYTES);
            begin(LogFormat.PART);
            body.number(to - from);
            out.beginLocal(LogFormat.BLOCK, body.size() + to - from);
            out.put(body.bytes(), 0, body.size());
            out.put(bytes, from, to);
            out.align();
            out.endBlock();
            from = to;
        } while (from < bytes.length);
    }

    private void writeLifeCycle(LifeCycle event) {
        ConnectionKey connection = event.connection();
        int number = connection == null ? 0 : 1 + number(connection);
        begin(LogFormat.LIFE_CYCLE);
        body.number(event.id())
                .number(event.at())
                .number(number)
                .text(event.endpoint())
                .text(event.kind().name())
                .text(event.call() == null ? "" : event.call().name())
                .text(event.detail())
                .text(event.reason() == null ? "" : event.reason().name());
        if (event.took() != LifeCycle.UNTIMED) {
            // Last, and one more than it is: zeros there may be padding, which is all that older logs have.
            body.number(event.took() + 1);
        }
        own();
        if (connection != null) {
            if (connection.transport() == Transport.TCP) {
                draw(event, connection);
            }
            if (event.kind().end()) {
                conversations.ended(connection);
            }
        }
    }

    private void draw(LifeCycle event, ConnectionKey connection) {
        Conversations.Entry conversation = conversations.of(connection);
        if (conversation.mirror()) {
            return;
        }
        int id = interfaceOf(connection.endpoint());
        switch (event.kind()) {
            case ACCEPTED, CONNECTED -> conversation.packets().opened(out, id, event.at());
            case PEER_HALF_CLOSED -> conversation.packets().halfClosed(out, id, event.at(), true);
            case HALF_CLOSED -> conversation.packets().halfClosed(out, id, event.at(), false);
            case RESET -> conversation.packets().reset(out, id, event.at(), event.reason() == CloseReason.PEER_RESET);
            case CLOSED -> {
                if (event.reason() == CloseReason.PEER_CLOSED) {
                    // Where ours came first, its FIN is told by nothing but the end.
                    conversation.packets().halfClosed(out, id, event.at(), true);
                }
                if (event.reason() != CloseReason.IO_ERROR) {
                    conversation.packets().halfClosed(out, id, event.at(), false);
                }
            }
            default -> {}
        }
    }

    private void writeGap(Gap gap) {
        begin(LogFormat.GAP);
        body.number(gap.id()).number(gap.at()).text(gap.endpoint()).number(gap.missed());
        own();
    }

    private int number(ConnectionKey connection) {
        return numbered(connection).number;
    }

    /** The connection as this stretch knows it; the first time, and when more is known of it, it is written out. */
    private Numbered numbered(ConnectionKey connection) {
        Numbered known = numbers.get(connection.id());
        if (known != null && known.key.equals(connection)) {
            return known;
        }
        int number = lastNumber++;
        Numbered numbered = new Numbered(connection, number);
        numbers.put(connection.id(), numbered);
        Conversations.Entry conversation = conversations.of(connection);
        begin(LogFormat.CONNECTION);
        body.number(number)
                .text(connection.id())
                .text(connection.endpoint())
                .octet(connection.transport().ordinal())
                .octet(connection.role().ordinal())
                .text(connection.local())
                .text(connection.remote())
                .number(connection.openedAt())
                .number(conversation.packets().sequence(true) & 0xFFFF_FFFFL)
                .number(conversation.packets().sequence(false) & 0xFFFF_FFFFL)
                .octet(conversation.mirror() ? 1 : 0);
        own();
        return numbered;
    }

    private int interfaceOf(String endpoint) {
        Integer known = interfaces.get(endpoint);
        if (known != null) {
            return known;
        }
        int id = interfaces.size();
        interfaces.put(endpoint, id);
        out.interfaceDescription(LinkType.RAW, endpoint);
        return id;
    }

    private void begin(int kind) {
        body.clear();
        body.octet(kind).octet(LogFormat.VERSION);
    }

    private void own() {
        out.beginLocal(LogFormat.BLOCK, body.size());
        out.put(body.bytes(), 0, body.size());
        out.align();
        out.endBlock();
    }
}
