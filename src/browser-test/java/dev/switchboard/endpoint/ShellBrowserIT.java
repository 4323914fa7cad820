package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.switchboard.page.PageInBrowser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines the composer gives for a shell do the same when they are pasted into one. */
class ShellBrowserIT extends PageInBrowser {

    /** Every byte there is, in an order that begins with what programs take for an option. */
    private static final byte[] NASTY = nasty();

    @TempDir
    Path folder;

    @Test
    void curlSendsTheVeryBytes() throws Exception {
        try (ServerSocket peer = new ServerSocket(0)) {
            client(peer, "raw");
            try (Socket socket = peer.accept()) {
                Page page = open("/?endpoint=out");
                write(page, "Hex", hex(NASTY));
                run(copied(page, "Copy as curl"));
                assertThat(socket.getInputStream().readNBytes(NASTY.length)).isEqualTo(NASTY);

                write(page, "Text", "it's 100% \"$HOME\" `id` \\n !! é 😀");
                run(copied(page, "Copy as curl"));
                byte[] text = "it's 100% \"$HOME\" `id` \\n !! é 😀".getBytes(StandardCharsets.UTF_8);
                assertThat(socket.getInputStream().readNBytes(text.length)).isEqualTo(text);
            }
        }
    }

    @Test
    void ncSendsTheVeryBytesWithTheFraming() throws Exception {
        assumeNc();
        try (ServerSocket peer = new ServerSocket(0)) {
            client(peer, "stx-etx");
            try (Socket own = peer.accept()) {
                Page page = open("/?endpoint=out");
                write(page, "Hex", hex(withoutControls()));
                Process shell = shell(copied(page, "Copy as nc"));
                try (Socket socket = peer.accept()) {
                    byte[] expected = withoutControls();
                    byte[] came = socket.getInputStream().readNBytes(expected.length + 2);
                    assertThat(came[0]).isEqualTo((byte) 2);
                    assertThat(Arrays.copyOfRange(came, 1, came.length - 1)).isEqualTo(expected);
                    assertThat(came[came.length - 1]).isEqualTo((byte) 3);
                }
                assertThat(shell.waitFor()).isZero();
                assertThat(own.isClosed()).isFalse();
            }
        }
    }

    @Test
    void ncSendsADatagramWhole() throws Exception {
        assumeNc();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            endpoint(Map.of("name", "udp", "type", "udp", "bind", "127.0.0.1:0"));
            Page page = open("/?endpoint=udp");
            page.getByLabel("Destination").fill("127.0.0.1:" + peer.getLocalPort());
            write(page, "Hex", hex(NASTY));
            Process shell = shell(copied(page, "Copy as nc"));
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            peer.receive(packet);
            assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(NASTY);
            assertThat(shell.waitFor()).isZero();
        }
    }

    @Test
    void ncSpeaksToAServerAsAPeerWould() throws Exception {
        assumeNc();
        endpoint(Map.of(
                "name", "meter", "type", "tcp-server", "bind", "127.0.0.1:0", "framing", Map.of("type", "crlf")));
        Page page = open("/?endpoint=meter");
        write(page, "Text", "-n it's 5%");
        run(copied(page, "Copy as nc"));
        assertThat(rows(page)
                        .filter(new Locator.FilterOptions().setHasText("→ in"))
                        .filter(new Locator.FilterOptions().setHasText("-n it's 5%")))
                .hasCount(1);
    }

    @Test
    void aFileGoesByItsNameInBothWays() throws Exception {
        assumeNc();
        Path file = Files.write(folder.resolve("it's a file.bin"), NASTY);
        try (ServerSocket peer = new ServerSocket(0)) {
            endpoint(Map.of(
                    "name",
                    "out",
                    "type",
                    "tcp-client",
                    "remote",
                    "127.0.0.1:" + peer.getLocalPort(),
                    "framing",
                    Map.of("type", "length", "bytes", 2)));
            try (Socket own = peer.accept()) {
                Page page = open("/?endpoint=out");
                mode(page, "File");
                page.locator("sb-composer input[type=file]").setInputFiles(file);
                assertThat(page.locator("sb-composer .file")).containsText("it's a file.bin");
                run(copied(page, "Copy as curl"));
                assertThat(own.getInputStream().readNBytes(NASTY.length + 2)).endsWith(NASTY);

                Process shell = shell(copied(page, "Copy as nc"));
                try (Socket socket = peer.accept()) {
                    byte[] came = socket.getInputStream().readNBytes(NASTY.length + 2);
                    assertThat(came)
                            .startsWith((byte) (NASTY.length >> 8), (byte) NASTY.length)
                            .endsWith(NASTY);
                }
                assertThat(shell.waitFor()).isZero();
            }
        }
    }

    private void client(ServerSocket peer, String framing) {
        endpoint(Map.of(
                "name",
                "out",
                "type",
                "tcp-client",
                "remote",
                "127.0.0.1:" + peer.getLocalPort(),
                "framing",
                Map.of("type", framing)));
    }

    private static void assumeNc() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/nc")), "nc is not installed");
    }

    private void run(String line) throws IOException, InterruptedException {
        Process shell = shell(line);
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }

    private Process shell(String line) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", line.replaceFirst("^curl ", "curl -sS --fail-with-body "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static String copied(Page page, String button) {
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("navigator.clipboard.writeText('')");
        page.locator("sb-composer").getByText(button).click();
        assertThat(page.locator("sb-composer").getByText("Copied")).isVisible();
        assertThat(page.locator("sb-composer").getByText(button)).isVisible();
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    private static void write(Page page, String mode, String payload) {
        mode(page, mode);
        page.locator("sb-composer textarea").fill(payload);
    }

    private static void mode(Page page, String mode) {
        page.locator("sb-composer .choices")
                .getByText(mode, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] withoutControls() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte one : NASTY) {
            if (one != 2 && one != 3) {
                bytes.write(one);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] nasty() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("-e %s%n'\\041\\\\\"$PATH`id`".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 256; i++) {
            bytes.write(i);
            bytes.write('7');
        }
        return bytes.toByteArray();
    }
}
