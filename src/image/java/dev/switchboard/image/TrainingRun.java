package dev.switchboard.image;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts Switchboard once, uses it as a first user would, and ends it with SIGTERM: told so by
 * {@code -XX:AOTCacheOutput} (JEP 514), the JVM then writes down which classes were needed, so that the next start
 * finds them loaded and linked.
 *
 * <pre>
 *   java dev.switchboard.image.TrainingRun java … -XX:AOTCacheOutput=switchboard.aot -jar switchboard.jar
 * </pre>
 *
 * <p>The command is run as it is, and has to be the later one in all that the JVM compares: class path, times of the
 * jars, collector, flags. Needs nothing but the JDK, for it runs in the image's own JRE. Ends with status 0 when all
 * went well, and with an exception otherwise; all it waits for has a limit.
 */
final class TrainingRun {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String TOKEN = "only-for-the-training-run";
    /** As the application prints it when it is ready. */
    private static final Pattern INVITATION = Pattern.compile("Open (http://[^/]+/)");

    private static final Pattern OWN_FILES = Pattern.compile("\"(/(?:app|webjars)/[^\"]+)\"");
    private static final Pattern LOCAL_ADDRESS = Pattern.compile("\"localAddress\":\"([0-9.]+):(\\d+)\"");
    private static final int FRAMES = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI base;

    private TrainingRun(URI base) {
        this.base = base;
    }

    static void main(String[] command) throws Exception {
        Path data = Files.createTempDirectory("training");
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(command),
                                Stream.of(
                                        "--server.address=127.0.0.1",
                                        "--server.port=0",
                                        "--switchboard.access.token=" + TOKEN,
                                        "--switchboard.data-dir=" + data,
                                        "--switchboard.starter=false",
                                        "--switchboard.endpoints[0].name=echo-tcp",
                                        "--switchboard.endpoints[0].type=tcp-server",
                                        "--switchboard.endpoints[0].bind=127.0.0.1:0",
                                        "--switchboard.endpoints[0].framing.type=lf",
                                        "--switchboard.endpoints[0].onReceive=echo"))
                        .toList())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = process.inputReader()) {
            new TrainingRun(invitation(said)).use();
            // Process.destroy would close what is read from next.
            process.toHandle().destroy();
            said.lines().forEach(System.out::println);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("it did not end within " + PATIENCE.toSeconds() + " s of SIGTERM");
            }
        } finally {
            process.destroyForcibly();
            delete(data);
        }
    }

    /** The address at which it is ready to be used. Reads no further, so what follows has to be short until it ends. */
    private static URI invitation(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            System.out.println(line);
            Matcher invited = INVITATION.matcher(line);
            if (invited.find()) {
                return URI.create(invited.group(1));
            }
        }
        throw new IOException("it ended before it was ready");
    }

    private void use() throws Exception {
        page();
        WebSocket live = live();
        int tcp = port("GET", "api/endpoints/echo-tcp", "");
        int udp = port("POST", "api/endpoints", """
                {"name": "echo-udp", "type": "udp", "bind": "127.0.0.1:0", "onReceive": "echo"}""");
        call("POST", "api/endpoints", """
                {"name": "hello", "type": "tcp-client", "remote": "127.0.0.1:%d", "framing": {"type": "lf"}}""".formatted(tcp));
        callTcp(tcp);
        sendUdp(udp);
        call("POST", "api/endpoints/hello/messages", "{\"payload\": \"PING\", \"awaitReply\": \"10s\"}");
        history();
        call("DELETE", "api/endpoints/hello", "");
        call("GET", "actuator/health", "");
        call("GET", "actuator/prometheus", "");
        live.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** As a browser does: the page, what its head names, and what those name. */
    private void page() throws Exception {
        Set<String> files = new TreeSet<>();
        for (String page : List.of("", "history", "e/echo-tcp")) {
            OWN_FILES
                    .matcher(call("GET", page, ""))
                    .results()
                    .forEach(file -> files.add(file.group(1).substring(1)));
        }
        if (files.isEmpty()) {
            throw new IOException("the page names no file of its own");
        }
        for (String file : files) {
            if (!file.endsWith("/")) {
                call("GET", file, "");
            }
        }
    }

    private WebSocket live() throws Exception {
        CompletableFuture<Void> greeted = new CompletableFuture<>();
        WebSocket live = http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + TOKEN)
                .buildAsync(
                        URI.create(base.toString().replaceFirst("^http", "ws") + "ws/live"), new WebSocket.Listener() {
                            @Override
                            public java.util.concurrent.CompletionStage<?> onText(
                                    WebSocket socket, CharSequence text, boolean last) {
                                greeted.complete(null);
                                socket.request(1);
                                return null;
                            }
                        })
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        greeted.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        live.sendText("{\"type\": \"filter\", \"endpoint\": \"echo-tcp\"}", true)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return live;
    }

    private static void callTcp(int port) throws IOException {
        byte[] line = "a line that comes back\n".getBytes();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < FRAMES; i++) {
                socket.getOutputStream().write(line);
                in.readFully(new byte[line.length]);
            }
        }
    }

    private static void sendUdp(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            DatagramPacket packet = new DatagramPacket(new byte[64], 64);
            for (int i = 0; i < FRAMES; i++) {
                socket.send(packet);
                socket.receive(packet);
            }
        }
    }

    private void history() throws Exception {
        for (String query : List.of(
                "api/endpoints",
                "api/connections",
                "api/events",
                "api/messages",
                "api/messages?endpoint=echo-tcp&contains=line",
                "api/messages?connection=none&since=2026-01-01T00:00:00Z",
                "api/messages/export?format=pcapng")) {
            call("GET", query, "");
        }
    }

    private int port(String method, String path, String body) throws Exception {
        Matcher address = LOCAL_ADDRESS.matcher(call(method, path, body));
        if (!address.find()) {
            throw new IOException(path + " does not say where it is bound");
        }
        return Integer.parseInt(address.group(2));
    }

    private String call(String method, String path, String body) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
