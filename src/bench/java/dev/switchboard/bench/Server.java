package dev.switchboard.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An echo server under test: a process of its own, from {@link #start} to {@link #close}. */
class Server implements AutoCloseable {

    /**
     * Has a full collection give back what the heap does not need, so that what is resident is what is in use. For
     * measuring memory only.
     */
    static final List<String> TIGHT_HEAP = List.of("-Xms16m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    /** All that is written on the way goes here. */
    static final Path WORK = Path.of("target", "bench");

    /** The same for each server on a JVM, so that none may use the memory of the others. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final boolean jvm;
    private InetSocketAddress address;

    Server(Process process, boolean jvm, int port) {
        this.process = process;
        this.jvm = jvm;
        this.address = loopback(port);
    }

    /** Starts what listens on the port it is told. */
    static Server start(String name, boolean jvm, int port, List<String> command) throws IOException {
        Server server = new Server(launch(name, command), jvm, port);
        server.awaitListening(name);
        return server;
    }

    static Process launch(String name, List<String> command) throws IOException {
        Files.createDirectories(WORK);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name + ".log").toFile())
                .start();
    }

    /** The command that runs {@code main} in a JVM like this one. */
    static List<String> java(List<String> options, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(loopback(0));
            return socket.getLocalPort();
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    final void awaitListening(String name) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (SocketChannel probe = SocketChannel.open(address)) {
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline || exitsWithin(20)) {
                    close();
                    throw new IOException(name + " does not listen; its output is in " + WORK, notYet);
                }
            }
        }
    }

    private boolean exitsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    final InetSocketAddress address() {
        return address;
    }

    final void address(InetSocketAddress echo) {
        address = echo;
    }

    final long pid() {
        return process.pid();
    }

    final long cpuNanos() throws IOException {
        return Proc.cpuNanos(pid());
    }

    /**
     * Resident memory in bytes, after the garbage collector, where there is one, was asked to give back what it can.
     */
    final long residentBytes() throws IOException {
        if (jvm) {
            String jcmd =
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            Process collection = launch("jcmd", List.of(jcmd, Long.toString(pid()), "GC.run"));
            try {
                collection.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Proc.residentBytes(pid());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
