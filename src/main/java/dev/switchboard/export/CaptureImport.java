package dev.switchboard.export;

import dev.switchboard.framing.Framing;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.pcapng.CaptureItem;
import dev.switchboard.pcapng.CaptureReader;
import dev.switchboard.pcapng.DamagedCaptureException;
import dev.switchboard.pcapng.Dissected;
import dev.switchboard.pcapng.Dissector;
import dev.switchboard.pcapng.Place;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.Transport;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes traffic out of the packets of a capture, all under one endpoint's name. TCP as {@link TcpConversations} tells
 * it; of UDP each remote address is a peer, and local is who was sent to first. Used by one thread, once.
 */
final class CaptureImport {

    private static final int MAX_PEERS = 65_536;
    private static final long MAX_TAIL_BYTES = 64 << 20;

    private final String endpoint;
    private final Framing framing;
    private final Intake intake;
    private final Dissector dissector = new Dissector();
    private final TcpConversations conversations = new TcpConversations(this::open);
    private final FrameEnds.Builder ends = new FrameEnds.Builder();
    private final HeldBytes tails = new HeldBytes(MAX_TAIL_BYTES);

    private final Map<Flow, ConnectionKey> peers = bounded();
    private final Set<Place> locals = Collections.newSetFromMap(bounded());

    private final Map<Dissected.Other, Long> others = new EnumMap<>(Dissected.Other.class);
    private long connections;
    private long lostBytes;
    private long truncatedTcp;
    private long truncatedUdp;
    private long untimed;

    CaptureImport(String endpoint, Framing framing, Intake intake) {
        this.endpoint = endpoint;
        this.framing = framing;
        this.intake = intake;
    }

    private record Flow(Place local, Place remote) {}

    /** The eldest goes for the next. */
    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_PEERS;
            }
        };
    }

    /** All there is. After an exception {@link #end} tells what was read before. */
    void read(CaptureReader reader) throws IOException, DamagedCaptureException, ImportTooLargeException {
        CaptureItem item = reader.next();
        while (item != null) {
            if (item instanceof CaptureItem.Packet packet) {
                packet(packet);
                intake.handOn();
            }
            item = reader.next();
        }
    }

    /** Nothing comes any more. */
    void end() {
        conversations.end(intake.now());
    }

    private void packet(CaptureItem.Packet packet) {
        untimed += packet.timed() ? 0 : 1;
        switch (dissector.dissect(packet)) {
            case Dissected.TcpSegment segment -> {
                truncatedTcp += segment.truncated() ? 1 : 0;
                conversations.segment(segment, intake.time(packet.at()));
            }
            case Dissected.UdpDatagram datagram -> datagram(datagram, intake.time(packet.at()));
            case Dissected.Other other -> others.merge(other, 1L, Long::sum);
        }
    }

    private TcpListener open(Place local, Place remote, long at) {
        return new ImportedConnection(
                key(Transport.TCP, Role.ACCEPTED, local, remote, at),
                framing,
                intake,
                ends,
                tails,
                bytes -> lostBytes += bytes);
    }

    private ConnectionKey key(Transport transport, Role role, Place local, Place remote, long at) {
        connections++;
        return new ConnectionKey(
                ImportNames.connection(endpoint, connections),
                endpoint,
                transport,
                role,
                local.toString(),
                remote.toString(),
                at);
    }

    private void datagram(Dissected.UdpDatagram datagram, long at) {
        Place source = datagram.source();
        boolean out = !locals.contains(datagram.destination()) && locals.contains(source);
        Place local = out ? source : datagram.destination();
        Place remote = out ? datagram.destination() : source;
        locals.add(local);
        ConnectionKey peer = peers.get(new Flow(local, remote));
        if (peer == null) {
            peer = key(Transport.UDP, Role.PEER, local, remote, at);
            peers.put(new Flow(local, remote), peer);
        }
        Direction direction = out ? Direction.OUT : Direction.IN;
        Origin origin = out ? Origin.OPERATOR : Origin.PEER;
        byte[] payload = java.util.Arrays.copyOfRange(datagram.array(), datagram.from(), datagram.to());
        if (datagram.truncated()) {
            truncatedUdp++;
            intake.unfinished(peer, direction, origin, payload, at);
        } else {
            intake.chunk(peer, direction, payload, FrameEnds.whole(payload.length, origin), null, at);
        }
    }

    long connections() {
        return connections;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** Packets of which nothing came in; a fragment of a datagram that became whole is none. */
    long skippedPackets() {
        return others.entrySet().stream()
                        .filter(other -> other.getKey() != Dissected.Other.FRAGMENT)
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                + brokenDatagrams();
    }

    private long brokenDatagrams() {
        return dissector.datagramsGivenUp() + dissector.datagramsWaiting();
    }

    /** What is not as it was, a sentence each. */
    void warn(List<String> warnings) {
        others.forEach((other, packets) -> {
            String what = switch (other) {
                case NOT_IP -> " left out: neither IPv4 nor IPv6 (ARP and the like)";
                case NEITHER_TCP_NOR_UDP -> " left out: IP, but neither TCP nor UDP (ICMP and the like)";
                case UNKNOWN_LINK -> " left out: of a link type that is not known here";
                case UNREADABLE -> " left out: cut before the payload begins, or damaged";
                case FRAGMENT -> "";
            };
            if (!what.isEmpty()) {
                warnings.add(count(packets, "packet") + what);
            }
        });
        add(warnings, brokenDatagrams(), "datagram", " left out: not all fragments are in the capture");
        add(
                warnings,
                truncatedUdp,
                "datagram",
                " cut by the capture (snaplen): shown as far as there is, as not complete");
        add(warnings, truncatedTcp, "TCP segment", " cut by the capture (snaplen): what is missing is a gap");
        add(warnings, lostBytes, "byte", " of TCP streams not in the capture: each hole is a gap");
        add(warnings, conversations.givenUp(), "connection", " given up before its end: too many at a time");
        add(warnings, untimed, "packet", " without a time of its own: shown with that of the packet ahead");
    }

    static void add(List<String> warnings, long number, String what, String then) {
        if (number > 0) {
            warnings.add(count(number, what) + then);
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
