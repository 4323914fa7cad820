package dev.switchboard.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A kind of server that is measured.
 *
 * @param what for the reader of the results
 * @param forks makes a process for each connection, so it is spared all but ping-pong
 */
record Contender(String name, String what, boolean forks, Start start) {

    static final String SWITCHBOARD = "Switchboard";
    static final String IN_MEMORY = "Switchboard, history in memory";
    static final String NETTY = "Netty";
    static final String NIO = "java.nio";
    static final String EPOLL = "C epoll";

    /** Starts a fresh process that echoes; where it is a JVM, with these options, too. */
    interface Start {
        Server server(List<String> jvmOptions) throws IOException;
    }

    /** Those this machine can run: what is not installed is left out. */
    static List<Contender> present(Options options) throws IOException {
        String everything = System.getProperty("java.class.path");
        String switchboard = switchboardClassPath();
        List<Contender> present = new ArrayList<>();
        present.add(new Contender(
                SWITCHBOARD,
                "captured, kept in history on disk, live feed attached",
                false,
                jvm -> SwitchboardServer.start(
                        switchboard,
                        Stream.concat(jvm.stream(), options.jvm().stream()).toList())));
        present.add(new Contender(
                IN_MEMORY,
                "the same with `switchboard.history.store=memory`",
                false,
                jvm -> SwitchboardServer.start(
                        switchboard,
                        Stream.concat(jvm.stream(), options.jvm().stream()).toList(),
                        "--switchboard.history.store=memory")));
        present.add(new Contender(
                NETTY,
                "4.2, native epoll transport, `LineBasedFrameDecoder`, one event loop",
                false,
                jvm -> jvm(jvm, "netty", everything, NettyEcho.class)));
        present.add(
                new Contender(NIO, "selector loop, lines", false, jvm -> jvm(jvm, "nio", everything, NioEcho.class)));
        compiled()
                .ifPresent(binary -> present.add(new Contender(
                        EPOLL,
                        "no lines, no checks",
                        false,
                        jvm -> command("epoll", List.of(binary.toString(), "{port}")))));
        if (installed("ncat")) {
            present.add(new Contender(
                    "ncat",
                    "`ncat -l -k -e /bin/cat`, a process a connection",
                    true,
                    jvm -> command(
                            "ncat",
                            List.of("ncat", "-l", "-k", "-m", "200", "-e", "/bin/cat", "127.0.0.1", "{port}"))));
        }
        if (installed("socat")) {
            present.add(new Contender(
                    "socat",
                    "`TCP-LISTEN,fork PIPE`, a process a connection",
                    true,
                    jvm -> command(
                            "socat",
                            List.of(
                                    "socat",
                                    "TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,nodelay,backlog=256",
                                    "PIPE"))));
        }
        present.removeIf(contender -> !options.wants(contender.name));
        return present;
    }

    /** What Switchboard runs with. */
    static String switchboardClassPath() throws IOException {
        String runtime =
                Files.readString(Server.WORK.resolve("runtime.classpath")).strip();
        return Path.of("target", "classes").toAbsolutePath() + File.pathSeparator + runtime;
    }

    private static Server jvm(List<String> options, String name, String classPath, Class<?> main) throws IOException {
        int port = Server.freePort();
        List<String> command = Server.java(options, classPath, main.getName(), Integer.toString(port));
        return Server.start(name, true, port, command);
    }

    private static Server command(String name, List<String> command) throws IOException {
        int port = Server.freePort();
        String number = Integer.toString(port);
        return Server.start(
                name,
                false,
                port,
                command.stream().map(word -> word.replace("{port}", number)).toList());
    }

    private static Optional<Path> compiled() throws IOException {
        Optional<String> compiler =
                Stream.of("cc", "gcc", "clang").filter(Contender::installed).findFirst();
        if (compiler.isEmpty()) {
            return Optional.empty();
        }
        Path binary = Server.WORK.resolve("epoll_echo").toAbsolutePath();
        Process compilation = Server.launch(
                "cc", List.of(compiler.get(), "-O2", "-o", binary.toString(), "src/bench/c/epoll_echo.c"));
        try {
            return compilation.waitFor(60, TimeUnit.SECONDS) && compilation.exitValue() == 0
                    ? Optional.of(binary)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
