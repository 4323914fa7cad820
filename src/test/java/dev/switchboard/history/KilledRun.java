package dev.switchboard.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ch.qos.logback.classic.Level;
import dev.switchboard.traffic.Capture;
import dev.switchboard.traffic.CloseReason;
import dev.switchboard.traffic.ConnectionKey;
import dev.switchboard.traffic.Direction;
import dev.switchboard.traffic.FrameEnds;
import dev.switchboard.traffic.LifeCycle;
import dev.switchboard.traffic.Origin;
import dev.switchboard.traffic.Role;
import dev.switchboard.traffic.TrafficEvent;
import dev.switchboard.traffic.Transport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that records made-up traffic of many connections until it is killed. On standard output it says
 * {@code first <id>} when it begins, and {@code stored <id>} whenever {@link HistoryStore#append} returned.
 */
final class KilledRun {

    private static final int CONNECTIONS = 12;

    private final Capture capture;
    private final Random random;
    private final ConnectionKey[] keys = new ConnectionKey[CONNECTIONS];
    private final long[] sent = new long[CONNECTIONS];
    private int opened;

    private KilledRun(Capture capture, long seed) {
        this.capture = capture;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Capture capture = new Capture(16 << 20, 1 << 16);
        DiskStore store = new DiskStore(
                Path.of(arguments[0]),
                Long.parseLong(arguments[2]),
                Duration.ofDays(7),
                Duration.ofMillis(50),
                capture::now);
        capture.goOnAfter(store.bounds().newest());
        System.out.println("first " + (capture.latest() + 1));
        new Recorder(capture, telling(store)).start();
        new KilledRun(capture, Long.parseLong(arguments[1])).run();
    }

    /** The store, which says after each append how far it came. */
    private static HistoryStore telling(HistoryStore store) {
        return (HistoryStore) Proxy.newProxyInstance(
                HistoryStore.class.getClassLoader(), new Class<?>[] {HistoryStore.class}, (_, method, values) -> {
                    try {
                        Object result = method.invoke(store, values);
                        if (method.getName().equals("append")) {
                            List<?> events = (List<?>) values[0];
                            System.out.println("stored " + ((TrafficEvent) events.getLast()).lastId());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void run() {
        while (true) {
            for (int i = random.nextInt(120); i >= 0; i--) {
                step(random.nextInt(CONNECTIONS));
            }
            do {
                LockSupport.parkNanos(2_000_000);
            } while (capture.congested());
        }
    }

    private void step(int place) {
        ConnectionKey key = keys[place];
        if (key == null) {
            keys[place] = key = open(place);
        }
        Direction direction = random.nextBoolean() ? Direction.IN : Direction.OUT;
        switch (random.nextInt(400)) {
            case 0 -> close(place, key);
            case 1 -> straddle(place, key, direction);
            case 2, 3, 4, 5 -> datagram(place, key);
            default -> lines(place, key, direction, 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 4));
        }
    }

    private ConnectionKey open(int place) {
        int number = opened++;
        boolean udp = place % 4 == 3;
        boolean v6 = place % 3 == 0;
        String host = v6 ? "[::1]:" : "127.0.0.1:";
        sent[place] = 0;
        ConnectionKey key = new ConnectionKey(
                capture.epoch() + "-" + number,
                "endpoint-" + place % 5,
                udp ? Transport.UDP : Transport.TCP,
                udp ? Role.PEER : Role.ACCEPTED,
                host + (9000 + place % 5),
                host + (10_000 + number % 50_000),
                capture.now());
        if (!udp) {
            capture.connection(key, LifeCycle.Kind.ACCEPTED, LifeCycle.Call.ACCEPT, "accepted");
        }
        return key;
    }

    private void close(int place, ConnectionKey key) {
        CloseReason reason = random.nextBoolean() ? CloseReason.PEER_RESET : CloseReason.LOCAL_CLOSE;
        capture.ended(key, LifeCycle.Call.CLOSE, "closed", reason);
        keys[place] = null;
    }

    private String line(int place) {
        return place + " " + sent[place]++ + " " + "x".repeat(random.nextInt(60)) + "\n";
    }

    private void lines(int place, ConnectionKey key, Direction direction, int count) {
        if (key.transport() == Transport.UDP) {
            datagram(place, key);
            return;
        }
        StringBuilder text = new StringBuilder();
        FrameEnds.Builder ends = new FrameEnds.Builder();
        for (int i = 0; i < count; i++) {
            text.append(line(place));
            ends.add(text.length(), 0, 1, random.nextInt(9) == 0 ? Origin.RULE : Origin.OPERATOR);
        }
        capture.moved(key, direction, text.toString().getBytes(US_ASCII), ends.build(), null);
    }

    /** A frame of up to 300 KB in pieces of 64 KB. */
    private void straddle(int place, ConnectionKey key, Direction direction) {
        if (key.transport() == Transport.UDP) {
            return;
        }
        byte[] frame =
                (place + " " + sent[place]++ + " " + "y".repeat(random.nextInt(300_000)) + "\n").getBytes(US_ASCII);
        int from = 0;
        while (frame.length - from > 65_536) {
            byte[] piece = Arrays.copyOfRange(frame, from, from + 65_536);
            capture.moved(key, direction, piece, FrameEnds.none(), null);
            from += piece.length;
        }
        byte[] piece = Arrays.copyOfRange(frame, from, frame.length);
        FrameEnds ends =
                new FrameEnds.Builder().add(piece.length, 0, 1, Origin.OPERATOR).build();
        capture.moved(key, direction, piece, ends, from == 0 ? null : frame);
    }

    private void datagram(int place, ConnectionKey key) {
        if (key.transport() == Transport.UDP && !capture.congested()) {
            capture.datagram(key, Direction.IN, line(place).getBytes(US_ASCII), Origin.PEER);
        }
    }
}
