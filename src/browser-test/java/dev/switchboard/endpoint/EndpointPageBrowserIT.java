package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of one endpoint, with real peers behind it. */
class EndpointPageBrowserIT extends PageInBrowser {

    @Test
    void drawsTheLifeOfAServerAndOfWhatItAcceptsAsItHappens() throws IOException {
        String address = server("gauge");
        Page page = open("/e/gauge");
        Locator listener = lane(page, "Listening socket");
        assertThat(listener).containsText(address);
        assertThat(step(listener, "now")).containsText("accept() loop");
        assertThat(listener).containsText("one call in the JVM");

        try (Socket peer = connect(address)) {
            Locator accepted = lane(page, "Accepted");
            assertThat(accepted).containsText("127.0.0.1:" + peer.getLocalPort());
            assertThat(step(accepted, "now")).containsText("read() ⇄ write()");
            peer.shutdownOutput();
            assertThat(accepted.locator(".step").filter(text("read() = 0"))).isVisible();
        }
        assertThat(lane(page, "Accepted").locator(".step.done").filter(text("close()")))
                .isVisible();
        assertThat(step(listener, "now")).containsText("1×");
        assertThat(page.locator("sb-event-log li").first()).containsText("closed");

        api().post().uri("/api/endpoints/gauge/stop").retrieve().toBodilessEntity();
        assertThat(lane(page, "Listening socket").locator(".step.done").filter(text("close()")))
                .isVisible();
    }

    @Test
    void saysTheSameInATable() throws IOException {
        server("gauge");
        Page page = open("/e/gauge");
        page.getByText("The same as a table").click();
        assertThat(page.getByRole(AriaRole.ROW).filter(text("accept() loop"))).containsText("now");
        assertThat(page.getByRole(AriaRole.ROW).filter(text("socket()"))).containsText("done");
    }

    @Test
    void drawsAClientThatIsRefusedAndThenIsNot() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        endpoint(Map.of("name", "caller", "type", "tcp-client", "remote", "127.0.0.1:" + port));
        Page page = open("/e/caller");
        assertThat(step(lane(page, "Client socket"), "failed")).containsText("connect()");
        assertThat(lane(page, "Client socket").locator(".bad")).containsText("refused");

        try (ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
                Socket accepted = server.accept()) {
            Locator connected = lane(page, "Client socket #");
            assertThat(step(connected, "now")).containsText("write() ⇄ read()");
            assertThat(connected).containsText("took");
            assertThat(page.locator("main > header")).containsText("connected");
            accepted.setSoLinger(true, 0);
        }
        assertThat(lane(page, "Client socket #").locator(".step.failed")).containsText("reset");
    }

    @Test
    void drawsOneSocketForAllPeersOfUdp() throws IOException {
        String address = endpoint(Map.of("name", "logs", "type", "udp", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        Page page = open("/e/logs");
        assertThat(page.locator("sb-connections")).containsText("No peer yet");
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] payload = {1, 2, 3};
            peer.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port(address)));
            assertThat(page.locator("sb-connections tbody tr")).containsText("127.0.0.1:" + peer.getLocalPort());
        }
        assertThat(page.locator(".lane")).hasCount(1);
        assertThat(step(page.locator(".lane"), "now")).containsText("recvfrom() ⇄ sendto()");
        assertThat(page.locator(".numbers p.in")).containsText("1 message, 3 B");
    }

    @Test
    void endsConnectionsFromTheirRowsOpenOnesBeforeClosedOnes() throws IOException {
        String address = server("gauge");
        try (Socket first = connect(address);
                Socket second = connect(address)) {
            Page page = open("/e/gauge");
            Locator half = row(page, first);
            button(half, "Half-close").click();
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(half).containsText("half-closed");

            button(row(page, second), "Reset").click();
            assertThat(row(page, second)).containsText("local-reset");
            assertThatThrownBy(() -> second.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(page.locator("sb-connections tbody tr").first())
                    .containsText("127.0.0.1:" + first.getLocalPort());

            button(half, "Close").click();
            assertThat(row(page, first)).containsText("local-close");
        }
    }

    @Test
    void theFocusStaysWithTheConnectionAsOthersComeAndGo() throws IOException {
        String address = server("gauge");
        try (Socket first = connect(address)) {
            Page page = open("/e/gauge");
            button(row(page, first), "Reset").focus();
            try (Socket second = connect(address)) {
                assertThat(row(page, second)).isVisible();
                assertThat(button(row(page, first), "Reset")).isFocused();
                page.keyboard().press("Enter");
                assertThat(row(page, first)).containsText("local-reset");
                assertThat(page.locator("sb-connections .scroller")).isFocused();
                page.keyboard().press("Enter");
                assertThat(row(page, second)).containsText("open");
            }
        }
    }

    @Test
    void stopsAndStartsFromTheKeyboard() {
        server("gauge");
        Page page = open("/e/gauge");
        Locator header = page.locator("main > header");
        button(header, "Stop").focus();
        page.keyboard().press("Enter");
        assertThat(header).containsText("stopped");
        assertThat(button(header, "Start")).isFocused();
        page.keyboard().press("Enter");
        assertThat(header).containsText("listening");
        assertThat(button(header, "Stop")).isFocused();
    }

    @Test
    void pagesThroughTheClosedConnections() throws IOException {
        String address = server("busy");
        for (int i = 0; i < 30; i++) {
            connect(address).close();
        }
        Page page = open("/e/busy");
        Locator closed = page.locator("sb-connections tbody.closed tr");
        assertThat(closed).hasCount(20);
        page.getByText("Older ones").click();
        assertThat(closed).hasCount(30);
        assertThat(page.getByText("Older ones")).not().isVisible();
    }

    @Test
    void showsWhatCrossesItAsCurves() throws IOException {
        String address = server("gauge");
        try (Socket peer = connect(address)) {
            Page page = open("/e/gauge");
            assertThat(row(page, peer)).isVisible();
            peer.getOutputStream().write(new byte[4000]);
            assertThat(page.locator(".numbers p.in")).containsText("4.00 kB");
            assertThat(row(page, peer)).containsText("4.00 kB");
            assertThat(row(page, peer).locator("polyline.in")).hasAttribute("points", Pattern.compile(","));
        }
    }

    @Test
    void asksTheServerNoMoreOftenHoweverMuchHappens() throws IOException {
        String address = server("crowd");
        Page page = open("/e/crowd");
        assertThat(step(lane(page, "Listening socket"), "now")).isVisible();
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        page.onRequest(request -> asked.add(request.url()));
        for (int i = 0; i < 400; i++) {
            connect(address).close();
        }
        assertThat(step(lane(page, "Listening socket"), "now")).containsText("400×");
        assertThat(asked).hasSizeLessThan(100);
        assertThat(page.locator(".lane")).hasCount(7);
        assertThat(page.locator("sb-event-log li")).hasCount(300);
    }

    @Test
    void changesItsDefinitionAndSaysBesideTheFieldWhatIsWrong() {
        server("gauge");
        Page page = open("/e/gauge");
        button(page.locator("main > header"), "Edit").click();
        Locator bind = page.getByLabel("Listen on");
        bind.fill("127.0.0.1:99999");
        page.locator("sb-endpoint-form .primary").click();
        assertThat(bind).hasAccessibleDescription(Pattern.compile("65535"));
        bind.fill("127.0.0.1:0");
        page.getByText("Echo each frame").click();
        page.locator("sb-endpoint-form .primary").click();
        assertThat(page.locator(".definition")).containsText("echo");
        assertThat(page).hasURL(Pattern.compile("/e/gauge$"));
    }

    @Test
    void isReachedFromTheListAndLeadsBack() {
        server("gauge");
        Page page = open("/?endpoint=gauge");
        page.getByText("Life cycle and connections").click();
        assertThat(page.locator("main > header h2")).hasText("gauge");
        page.getByTitle("All endpoints").click();
        assertThat(page.locator("sb-endpoints .entry").filter(text("gauge"))).isVisible();
    }

    @Test
    void anUnknownNameHasAWayBackAndWhatIsRecordedOfIt() throws IOException {
        Page page = open("/e/nobody-knows");
        assertThat(page.locator(".unknown")).containsText("There is no endpoint nobody-knows");
        assertThat(page.locator("sb-event-log")).hasCount(0);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All endpoints"))
                .click();
        assertThat(page.locator("sb-table")).isVisible();

        server("former");
        api().delete().uri("/api/endpoints/former").retrieve().toBodilessEntity();
        page = open("/e/former");
        assertThat(page.locator(".unknown")).containsText("There was one");
        assertThat(page.locator("sb-event-log li").filter(text("stopped")).first())
                .isVisible();
        assertThat(page.getByText("Its messages in history"))
                .hasAttribute("href", Pattern.compile("/history\\?endpoint=former"));
    }

    @ParameterizedTest
    @CsvSource({
        "LIGHT, 1440, 900",
        "DARK, 1440, 900",
        "LIGHT, 900, 900",
        "DARK, 900, 900",
        "LIGHT, 390, 844",
        "DARK, 390, 844"
    })
    void hasNoFaultThatAxeFinds(ColorScheme theme, int width, int height) throws IOException {
        String address = server("gauge");
        endpoint(Map.of("name", "again", "type", "tcp-server", "bind", address, "autoStart", false));
        try (Socket open = connect(address);
                Socket gone = connect(address)) {
            gone.setSoLinger(true, 0);
            gone.close();
            open.getOutputStream().write("230.1 V\n".getBytes());
            Page page = open("/e/gauge", options(theme, width, height));
            assertThat(row(page, open)).isVisible();
            assertThat(page.locator(".step.failed")).isVisible();
            page.getByText("The same as a table").click();
            accessible(page);
            picture(page, "endpoint", theme, width);
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();

            page = open("/e/nobody", options(theme, width, height));
            assertThat(page.locator(".unknown")).isVisible();
            accessible(page);
            picture(page, "endpoint-unknown", theme, width);
        }
    }

    private String server(String name) {
        return endpoint(Map.of("name", name, "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
    }

    private static Locator lane(Page page, String title) {
        return page.locator(".lane").filter(text(title));
    }

    private static Locator step(Locator lane, String state) {
        return lane.locator(".step." + state);
    }

    private static Locator row(Page page, Socket peer) {
        return page.locator("sb-connections tbody tr").filter(text("127.0.0.1:" + peer.getLocalPort()));
    }

    private static Locator button(Locator where, String name) {
        return where.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Socket connect(String address) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port(address));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
