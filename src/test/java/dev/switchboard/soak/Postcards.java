package dev.switchboard.soak;

import dev.switchboard.process.Api;
import dev.switchboard.process.Wrong;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sends datagrams, a few at a time, and sees all of them come back. */
final class Postcards implements Trouble {

    private static final int ROUNDS = 100;
    private static final int AT_A_TIME = 8;
    private static final int MOST_BYTES = 1_400;

    @Override
    public void once(Field field) throws Exception {
        int sent = 0;
        long gapBefore = Soak.gap(field.api(), "udp");
        String local;
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            socket.setSoTimeout((int) Api.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress("127.0.0.1", field.port("udp")));
            local = "127.0.0.1:" + socket.getLocalPort();
            for (int round = 0; round < ROUNDS && !field.isOver(); round++) {
                Map<Integer, byte[]> under = new LinkedHashMap<>();
                for (int i = 0; i < AT_A_TIME; i++) {
                    byte[] payload = new byte[field.random().nextInt(4, MOST_BYTES)];
                    field.random().nextBytes(payload);
                    payload[0] = (byte) i;
                    under.put(i, payload);
                    socket.send(new DatagramPacket(payload, payload.length));
                }
                for (int i = 0; i < AT_A_TIME; i++) {
                    byte[] expected = under.get(i);
                    Wrong.unless(
                            Arrays.equals(receive(socket), expected),
                            "datagram %d of %d came back otherwise",
                            i,
                            round);
                }
                sent += AT_A_TIME;
            }
        }
        if (sent > 0) {
            remembered(field, local, sent, gapBefore);
        }
        field.tally().checked.add(sent);
    }

    private static byte[] receive(DatagramSocket socket) throws IOException, Wrong {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            throw new Wrong("a datagram did not come back");
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Datagrams can't wait while history is far behind: what is not in it is counted as missing. */
    private static void remembered(Field field, String local, int sent, long gapBefore) throws Exception {
        String id = peer(field, local);
        long deadline = System.nanoTime() + Api.PATIENCE.toNanos();
        long known;
        do {
            JsonNode sums = field.api().get("/api/messages/summary?connection=" + id);
            known = sums.path("framesIn").asLong()
                    + sums.path("framesOut").asLong()
                    + Soak.gap(field.api(), "udp")
                    - gapBefore;
        } while (known < 2L * sent && System.nanoTime() < deadline);
        Wrong.unless(known == 2L * sent, "%d datagrams went to and fro, and %d are known", sent, known);
        field.api().ask("DELETE", "/api/connections/" + id, 204);
    }

    private static String peer(Field field, String local) throws Exception {
        for (JsonNode peer :
                field.api().get("/api/connections?limit=1000&endpoint=udp").path("items")) {
            if (peer.path("remote").asString().equals(local)) {
                return peer.path("id").asString();
            }
        }
        throw new Wrong("the peer " + local + " is not known");
    }
}
