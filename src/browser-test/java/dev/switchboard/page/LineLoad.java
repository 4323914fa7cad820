package dev.switchboard.page;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends lines of 64 bytes on ten connections at an even pace, on a thread of its own, until it is closed. */
final class LineLoad implements AutoCloseable {

    private static final int CONNECTIONS = 10;
    private static final int TICKS_PER_SECOND = 200;
    private static final long TICK = TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND;

    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread;
    private volatile long sent;
    private volatile boolean closed;

    private LineLoad(String address, int perSecond) throws IOException {
        int colon = address.lastIndexOf(':');
        InetSocketAddress to =
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = new Socket();
            socket.connect(to);
            sockets.add(socket);
        }
        thread = Thread.ofPlatform().name("line-load").start(() -> run(perSecond / TICKS_PER_SECOND));
    }

    static LineLoad start(String address, int perSecond) throws IOException {
        return new LineLoad(address, perSecond);
    }

    /** How many lines so far. */
    long sent() {
        return sent;
    }

    private void run(int linesPerTick) {
        long start = System.nanoTime();
        try {
            for (long tick = 0; !closed; tick++) {
                OutputStream out = sockets.get((int) (tick % CONNECTIONS)).getOutputStream();
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < linesPerTick; i++) {
                    lines.append(String.format("%-63d%n", sent + i));
                }
                out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
                sent += linesPerTick;
                long due = start + (tick + 1) * TICK;
                while (!closed && System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("the load ended: " + e);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                System.err.println("closing: " + e);
            }
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
