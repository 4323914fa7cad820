package dev.switchboard.process;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The whole application in a process of its own, as anybody runs it, from {@link #start} to {@link #close}. */
public final class SwitchboardProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String ADDRESS = "server.address=";

    private final Process process;
    private final String host;
    private final int port;
    private final Path log;

    private SwitchboardProcess(Process process, String host, int port, Path log) {
        this.process = process;
        this.host = host;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param work a folder for its data and its log; kept data are taken up again
     * @param properties further ones, such as {@code switchboard.max-queued=1MB}
     */
    public static SwitchboardProcess start(Path work, String... properties) throws IOException {
        return start(work, List.of(), properties);
    }

    /** @param wrapper a command that ends in becoming the one it is given, as {@code ip netns exec lab} does */
    public static SwitchboardProcess start(Path work, List<String> wrapper, String... properties) throws IOException {
        SwitchboardProcess started = launch(work, wrapper, properties);
        started.awaitReady();
        return started;
    }

    /** Starts it and does not wait. */
    public static SwitchboardProcess launch(Path work, List<String> wrapper, String... properties) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "dev.switchboard.Switchboard",
                "--spring.main.banner-mode=off",
                "--server.port=" + port,
                "--switchboard.starter=false",
                "--switchboard.data-dir=" + work.resolve("data")));
        Stream.of(properties).forEach(property -> command.add("--" + property));
        Path log = work.resolve("switchboard.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new SwitchboardProcess(process, host(properties), port, log);
    }

    private static String host(String... properties) {
        return Stream.of(properties)
                .filter(property -> property.startsWith(ADDRESS))
                .map(property -> property.substring(ADDRESS.length()))
                .findAny()
                .orElse("127.0.0.1");
    }

    /** As this process has it; Surefire and Failsafe hide it in a manifest. */
    private static String classPath() {
        return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((before, entry) -> before + File.pathSeparator + entry)
                .orElseThrow();
    }

    /** One that was free a moment ago. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline || exitsWithin(Duration.ofMillis(100))) {
                close();
                throw new IOException("Switchboard does not come up:\n" + Files.readString(log));
            }
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection asked = (HttpURLConnection)
                    URI.create(url() + "/actuator/health/readiness").toURL().openConnection();
            asked.setReadTimeout((int) PATIENCE.toMillis());
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://" + host + ":" + port;
    }

    public long pid() {
        return process.pid();
    }

    /** What it wrote, standard error included. */
    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, with SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Whether it has ended by then. */
    public boolean exitsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        if (!exitsWithin(Duration.ofSeconds(30))) {
            process.destroyForcibly();
            exitsWithin(Duration.ofSeconds(30));
        }
    }
}
