package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A peer that sends to an echo as much as is taken and reads nothing of what comes back. */
final class NonReaders implements Trouble {

    /** Half of what waits, at which an endpoint stops reading, and what one read may bring on top, doubled. */
    private static final long MOST_WAITING = 4 << 20;

    private static final int MOST_SENT = 64 << 20;
    private static final int FULL_AFTER = 10;

    @Override
    public void once(Field field) throws Exception {
        try (SocketChannel peer = SocketChannel.open()) {
            peer.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            peer.connect(new InetSocketAddress("127.0.0.1", field.port("echo-raw")));
            peer.configureBlocking(false);
            field.tally().connections.increment();
            ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
            long sent = 0;
            for (int full = 0; full < FULL_AFTER && sent < MOST_SENT && !field.isOver(); ) {
                int written = peer.write(bytes.clear());
                sent += written;
                full = written == 0 ? full + 1 : 0;
                if (written == 0) {
                    Slowness.of(Duration.ofMillis(50));
                }
            }
            String remote = "127.0.0.1:" + ((InetSocketAddress) peer.getLocalAddress()).getPort();
            for (JsonNode known : field.api()
                    .get("/api/connections?limit=1000&state=open&endpoint=echo-raw")
                    .path("items")) {
                if (known.path("remote").asString().equals(remote)) {
                    long waiting = known.path("bytesIn").asLong()
                            - known.path("bytesOut").asLong();
                    Wrong.unless(waiting <= MOST_WAITING, "%d bytes wait for a peer that does not read", waiting);
                    field.tally().checked.increment();
                }
            }
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }
}
