package dev.switchboard.endpoint;

import static dev.switchboard.endpoint.Api.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.switchboard.endpoint.Board.Made;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs people really use, where they are installed. */
class RealProgramsTest extends OnOneBoard {

    /** A program under way; what it says on its standard output can be read, and it does not outlive the test. */
    private static final class Program implements AutoCloseable {

        private final Process process;
        private final BufferedReader output;

        private Program(String... command) throws IOException {
            assumeTrue(installed(command[0]), command[0] + " is not installed");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            output = process.inputReader();
        }

        private static boolean installed(String program) {
            return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .anyMatch(directory -> Path.of(directory, program).toFile().canExecute());
        }

        Program type(String text) throws IOException {
            process.outputWriter().write(text);
            process.outputWriter().flush();
            return this;
        }

        void endInput() throws IOException {
            process.getOutputStream().close();
        }

        String line() throws Exception {
            return Meanwhile.ask(output::readLine).get(20, TimeUnit.SECONDS);
        }

        String all() throws Exception {
            return Meanwhile.ask(() -> String.join("\n", output.lines().toList()))
                    .get(20, TimeUnit.SECONDS);
        }

        void succeeds() throws InterruptedException {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static Program python(String program) throws IOException {
        return new Program("python3", "-u", "-c", program);
    }

    @Test
    void aPythonClientThatSendsWithoutNewlines() throws Exception {
        Made made = board.server("onReceive", "echo");
        try (Program client = python("""
                import socket
                s = socket.create_connection(("127.0.0.1", %d))
                s.sendall(b"hello")
                print(s.recv(1024).decode())
                s.close()
                """.formatted(made.port()))) {
            assertThat(client.line()).isEqualTo("hello");
            client.succeeds();
        }
        assertThat(board.payloadsIn(made, 1)).containsExactly("hello");
        String id = board.connections(made).getFirst().path("id").asString();
        assertThat(board.whenClosed(id).path("closeReason").asString()).isEqualTo("peer-closed");
    }

    @Test
    void aPythonServerThatAnswersWithoutNewlines() throws Exception {
        try (Program server = python("""
                import socket
                s = socket.create_server(("127.0.0.1", 0))
                print(s.getsockname()[1])
                c, _ = s.accept()
                print(c.recv(1024).decode())
                c.sendall(b"pleased to meet you")
                print(c.recv(1024) == b"")
                """)) {
            Made made = board.client("127.0.0.1:" + server.line(), "reconnect", false);
            board.whenState(made, "connected");
            assertThat(board.send(made, "payload", "hello", "awaitReply", "20s")
                            .ok(200)
                            .path("reply")
                            .path("payload")
                            .asString())
                    .isEqualTo("pleased to meet you");
            assertThat(server.line()).isEqualTo("hello");
            api.post(made.path() + "/stop").ok(200);
            assertThat(server.line()).isEqualTo("True");
            server.succeeds();
        }
    }

    @Test
    void aPythonPeerSeesARealReset() throws Exception {
        Made made = board.server();
        try (Program client = python("""
                import errno, socket
                s = socket.create_connection(("127.0.0.1", %d))
                try:
                    s.recv(1)
                except OSError as e:
                    print(errno.errorcode[e.errno])
                """.formatted(made.port()))) {
            board.close(board.connection(made), "?how=reset").ok(204);
            assertThat(client.line()).isEqualTo("ECONNRESET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nc", "ncat", "socat"})
    void whatIsTypedIntoANetcat(String program) throws Exception {
        Made made = board.framed("type", "lf");
        String[] command = program.equals("socat")
                ? new String[] {"socat", "-", "TCP:127.0.0.1:" + made.port()}
                : new String[] {program, "127.0.0.1", String.valueOf(made.port())};
        try (Program netcat = new Program(command)) {
            netcat.type("typed by hand\n");
            assertThat(board.payloadsIn(made, 1)).containsExactly("typed by hand");
            board.send(made, "payload", "and answered").ok(200);
            assertThat(netcat.line()).isEqualTo("and answered");
            netcat.endInput();
        }
        board.openConnections(made, 0);
    }

    @Test
    void aSyslogMessageFromLogger() throws Exception {
        Made made = board.udp();
        try (Program logger = new Program(
                "logger", "-d", "-n", "127.0.0.1", "-P", String.valueOf(made.port()), "the pump is leaking")) {
            logger.succeeds();
        }
        List<String> cards = board.payloadsIn(made, 1);
        assertThat(cards).hasSize(1);
        assertThat(cards.getFirst()).startsWith("<").endsWith("the pump is leaking");
    }

    @Test
    void aPingPushedWithCurlToAPeerThatSpeaksResp() throws Exception {
        try (Program server = python("""
                import socket
                s = socket.create_server(("127.0.0.1", 0))
                print(s.getsockname()[1])
                c, _ = s.accept()
                f = c.makefile("rb")
                while line := f.readline():
                    words = []
                    for _ in range(int(line[1:])):
                        size = int(f.readline()[1:])
                        words.append(f.read(size + 2)[:-2])
                    c.sendall(b"+PONG\\r\\n" if words == [b"PING"] else b"-ERR unknown command\\r\\n")
                """)) {
            Made made = board.client("127.0.0.1:" + server.line(), "framing", object("type", "raw"));
            board.whenState(made, "connected");
            try (Program curl = new Program(
                    "curl",
                    "-sS",
                    "-H",
                    "Content-Type: application/json",
                    "-d",
                    "{\"payload\": \"*1\\\\r\\\\n$4\\\\r\\\\nPING\\\\r\\\\n\", \"encoding\": \"escaped\","
                            + " \"awaitReply\": \"20s\"}",
                    "http://127.0.0.1:" + api.port() + made.messages())) {
                assertThat(curl.all()).contains("\"payload\":\"+PONG\\\\r\\\\n\"");
                curl.succeeds();
            }
        }
    }
}
