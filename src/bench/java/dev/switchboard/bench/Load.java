package dev.switchboard.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends lines of 64 bytes and checks that they come back: every byte, exactly once, in order. One thread, non-blocking.
 *
 * <p>Each connection keeps a window of lines under way: with a window of 1 that is ping-pong. Each line carries the
 * number of its connection and its place in the sequence. What was sent stays in a ring until the same bytes came back
 * in the same place of the stream, so an answer that is lost, doubled, out of order or of another connection is an
 * error at once.
 */
final class Load implements AutoCloseable {

    static final int LINE = 64;

    private static final byte[] TEMPLATE =
            "connection -------- line -------- with padding to sixty-four...\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NUMBER_AT = 11;
    private static final int SEQUENCE_AT = 25;

    private static final Duration STALLED = Duration.ofSeconds(10);

    private final Selector selector = Selector.open();
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 * 1024);
    private final int window;
    private Latencies latencies = new Latencies();
    private long received;
    private int busy;
    private boolean sending;

    /** @param window how many lines are under way on each connection, 1 to 65536 */
    Load(InetSocketAddress target, int connections, int window) throws IOException {
        this.window = window;
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(target);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel, i);
            connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            this.connections.add(connection);
        }
    }

    /**
     * What came of one run.
     *
     * @param lines how many came back
     * @param nanos in how long
     * @param generatorNanos how long of that our own thread was on a CPU
     */
    record Result(long lines, long nanos, long generatorNanos, Latencies latencies) {

        double perSecond() {
            return lines * 1e9 / nanos;
        }

        double generatorBusy() {
            return (double) generatorNanos / nanos;
        }
    }

    /**
     * Keeps the windows full for that long, then waits until all is back.
     *
     * @throws IOException when an answer is wrong, or none comes for ten seconds
     */
    Result run(Duration time) throws IOException {
        received = 0;
        latencies = new Latencies();
        sending = true;
        busy = connections.size();
        long start = System.nanoTime();
        long cpuStart = cpu();
        for (Connection connection : connections) {
            connection.fill();
        }
        long end = start + time.toNanos();
        long now = start;
        long progress = start;
        long seen = 0;
        while (now < end) {
            turn(Math.max(1, (end - now) / 1_000_000));
            now = System.nanoTime();
            if (received != seen) {
                seen = received;
                progress = now;
            } else if (now - progress > STALLED.toNanos()) {
                throw new IOException("nothing came back for " + STALLED.toSeconds() + " s");
            }
        }
        Result result = new Result(received, now - start, cpu() - cpuStart, latencies);
        drain();
        return result;
    }

    private void drain() throws IOException {
        sending = false;
        busy = (int)
                connections.stream().filter(connection -> !connection.idle()).count();
        long deadline = System.nanoTime() + STALLED.toNanos();
        while (busy > 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException(busy + " connections still wait for answers");
            }
            turn(100);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void turn(long patienceMillis) throws IOException {
        selector.select(patienceMillis);
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (key.isReadable()) {
                connection.read();
            }
            if (key.isWritable()) {
                connection.write();
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private final class Connection {

        private final SocketChannel channel;
        private final int number;
        private final ByteBuffer ring;
        private SelectionKey key;
        /** Places in the stream: of the next line to be made, and of the next byte to be written, to come back. */
        private long made;

        private long written;
        private long back;
        private long sentAt;

        private Connection(SocketChannel channel, int number) {
            this.channel = channel;
            this.number = number;
            this.ring = ByteBuffer.allocateDirect(window * LINE).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < window; i++) {
                ring.put(i * LINE, TEMPLATE).putLong(i * LINE + NUMBER_AT, letters(number));
            }
        }

        private boolean idle() {
            return back == made;
        }

        private void fill() throws IOException {
            while (made - back / LINE * LINE < (long) window * LINE) {
                int slot = (int) (made % ring.capacity());
                ring.putLong(slot + SEQUENCE_AT, letters((int) (made / LINE)));
                made += LINE;
            }
            write();
        }

        private void write() throws IOException {
            sentAt = System.nanoTime();
            boolean took = true;
            while (written < made && took) {
                int from = (int) (written % ring.capacity());
                int count = (int) Math.min(made - written, ring.capacity() - from);
                ring.limit(from + count).position(from);
                int taken = channel.write(ring);
                written += taken;
                took = taken == count;
            }
            int ops = took ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
            if (key.interestOps() != ops) {
                key.interestOps(ops);
            }
        }

        private void read() throws IOException {
            int got = channel.read(in.clear());
            if (got < 0) {
                throw new IOException("the server closed connection " + number);
            }
            long linesBefore = back / LINE;
            int at = 0;
            while (at < got) {
                int from = (int) (back % ring.capacity());
                int count = Math.min(got - at, ring.capacity() - from);
                if (back + count > written) {
                    throw new IOException("connection " + number + " got more than was sent");
                }
                in.limit(at + count).position(at);
                ring.limit(from + count).position(from);
                int wrong = ring.mismatch(in);
                if (wrong >= 0) {
                    throw new IOException("connection " + number + ", byte " + (back + wrong) + " came back wrong");
                }
                at += count;
                back += count;
            }
            received += back / LINE - linesBefore;
            if (window == 1 && back == made) {
                latencies.add(System.nanoTime() - sentAt);
            }
            if (sending) {
                fill();
            } else if (idle()) {
                busy--;
            }
        }

        /** Eight letters, A to P, for the eight halves of bytes: quick to make, and none is a line feed. */
        private static long letters(int number) {
            long x = Integer.toUnsignedLong(number);
            x = (x | x << 16) & 0x0000FFFF0000FFFFL;
            x = (x | x << 8) & 0x00FF00FF00FF00FFL;
            x = (x | x << 4) & 0x0F0F0F0F0F0F0F0FL;
            return x + 0x4141414141414141L;
        }
    }
}
