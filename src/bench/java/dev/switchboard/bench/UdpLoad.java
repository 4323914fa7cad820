package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;

/** Sends datagrams of 64 bytes at an even pace, one system call each. */
final class UdpLoad {

    /** @param sent how many; how fast they really went is in {@code perSecond} */
    record Sent(long sent, double perSecond) {}

    private UdpLoad() {}

    static Sent send(InetSocketAddress target, int perSecond, Duration time) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocateDirect(64);
        try (DatagramChannel channel = DatagramChannel.open().connect(target)) {
            long start = System.nanoTime();
            long total = perSecond * time.toMillis() / 1000;
            double nanosEach = 1e9 / perSecond;
            for (long sent = 0; sent < total; sent++) {
                while (System.nanoTime() - start < sent * nanosEach) {
                    Thread.onSpinWait();
                }
                datagram.clear().putLong(0, sent);
                channel.write(datagram);
            }
            return new Sent(total, total * 1e9 / (System.nanoTime() - start));
        }
    }
}
