package dev.switchboard.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** One connection as a conversation, on the live page and in history. */
class ConversationBrowserIT extends PageInBrowser {

    @Test
    void joinsTheReadsOfAStreamAndMarksWhereOneEnded() throws IOException {
        try (Socket peer = connect(server("raw", "none"))) {
            Page page = open(live());
            write(peer, "Hel");
            assertThat(page.locator(".frame")).hasCount(1);
            write(peer, "lo");
            assertThat(page.locator(".frame")).hasCount(2);
            assertThat(page.locator(".turn")).hasCount(1);
            assertThat(page.locator(".turn .said")).hasText("Hello");
            assertThat(page.locator(".turn .sum")).hasText("2 reads, 5 bytes");
            assertThat(page.locator(".said .boundary").first()).isVisible();
            assertThat(page.locator(".said .boundary").last()).not().isVisible();
        }
    }

    @Test
    void interleavesInAndOutAndWhatHappenedBetween() throws IOException {
        Page page;
        try (Socket peer = connect(server("lf", "echo"))) {
            page = open(live());
            write(peer, "PING\n");
            assertThat(page.locator(".turn.out .said")).hasText("PING");
            write(peer, "again\n");
            assertThat(page.locator(".turn.out").last()).containsText("again");
        }
        assertThat(page.locator(".between").filter(text("closed")).last()).isVisible();
        assertThat(page.locator(".scroller > *").nth(0)).containsText("accepted");
        assertThat((List<?>) page.locator(".scroller > *").evaluateAll("all => all.map(one => one.className)"))
                .map(String::valueOf)
                .map(String::strip)
                .startsWith("between event", "turn in", "turn out", "turn in", "turn out", "between event");
    }

    @Test
    void showsBytesAsTextHexOrBothAndKeepsThatInTheAddress() throws IOException {
        try (Socket peer = connect(server("lf", "none"))) {
            Page page = open(live());
            write(peer, "a\u0001b<b>\n");
            assertThat(page.locator(".said")).hasText("a␁b<b>");
            page.locator("sb-conversation .head").getByText("Hex").click();
            assertThat(page.locator(".said")).hasText("61 01 62 3c 62 3e");
            button(page, "Both").click();
            assertThat(page.locator(".said .characters")).hasText("a·b<b>");
            assertThat(page).hasURL(Pattern.compile("view=conversation&show=both"));
            page.reload();
            assertThat(page.locator(".said .hex")).hasText("61 01 62 3c 62 3e");
            button(page, "Table").click();
            assertThat(rows(page).filter(text("a\\x01b<b>"))).isVisible();
        }
    }

    @Test
    void asksWhoseConversationWhereThatIsNotSaid() throws IOException {
        try (Socket peer = connect(server("lf", "none"))) {
            Page page = open("/");
            button(page, "Conversation").click();
            assertThat(page.locator(".chooser")).containsText("Whose conversation?");
            page.locator(".chooser button")
                    .filter(text(":" + peer.getLocalPort()))
                    .click();
            write(peer, "hello\n");
            assertThat(page.locator(".said")).hasText("hello");
        }
    }

    @Test
    void datagramsAreNeverJoined() throws IOException {
        String address = endpoint(Map.of("name", "talker", "type", "udp", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (String word : List.of("one", "two")) {
                byte[] payload = word.getBytes(StandardCharsets.UTF_8);
                peer.send(new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port(address)));
            }
            Page page = open("/?endpoint=talker&view=conversation");
            page.locator(".chooser button").click();
            assertThat(page.locator(".turn")).hasCount(2);
            assertThat(page.locator("sb-conversation .head")).containsText("Each datagram stands alone");
        }
    }

    @Test
    void saysWhereRowsAreMissingAndFollowsWhatComes() throws IOException {
        try (Socket peer = connect(server("lf", "none"))) {
            Page page = open(live());
            assertThat(page.locator("sb-status .live")).isVisible();
            write(peer, "burst\n".repeat(30_000) + "the end\n");
            assertThat(page.locator(".between.gap").first()).containsText("not shown");
            write(peer, "after all that\n");
            assertThat(page.getByText("after all that")).isInViewport();

            page.locator("sb-conversation .scroller").hover();
            page.mouse().wheel(0, -400);
            assertThat(page.locator(".to-end")).isVisible();
            write(peer, "further down\n");
            assertThat(page.getByText("further down")).isAttached();
            assertThat(page.getByText("further down")).not().isInViewport();
            page.locator(".to-end").click();
            assertThat(page.getByText("further down")).isInViewport();
        }
    }

    @Test
    void showsTheLastFiveThousandRowsAndSaysSo() throws IOException {
        try (Socket peer = connect(server("lf", "none"))) {
            Page page = open(live());
            assertThat(page.locator("sb-status .live")).isVisible();
            for (int i = 0; i < 36; i++) {
                write(peer, "volts\n".repeat(199) + "batch " + i + "\n");
                assertThat(page.getByText("batch " + i, new Page.GetByTextOptions().setExact(true)))
                        .isAttached();
            }
            assertThat(page.locator("sb-conversation .head")).containsText("The last 5,000 rows");
            assertThat(page.getByText("batch 0", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(0);
            assertThat((int) page.evaluate("document.querySelectorAll('.frame').length"))
                    .isBetween(1000, 5000);
        }
    }

    @Test
    void choosesFramesByPointerAndKeysAndFetchesTheRestOfLongOnes() throws IOException {
        try (Socket peer = connect(server("lf", "none"))) {
            Page page = open(live());
            write(peer, "x".repeat(1000) + "TAIL\nshort\n");
            page.locator(".more").click();
            assertThat(page.locator(".frame").first()).containsText("TAIL");
            page.locator(".frame").last().click();
            assertThat(page.locator("sb-hexdump")).containsText("73 68 6f 72 74");
            page.locator("sb-conversation .scroller").focus();
            page.keyboard().press("k");
            assertThat(page.locator(".frame").first()).hasAttribute("aria-current", "true");
            assertThat(page.locator("sb-hexdump")).containsText("78 78 78");
        }
    }

    @Test
    void isTheSameInHistoryWithTheEventsOfTheConnection() throws IOException {
        try (Socket peer = connect(server("lf", "echo"))) {
            write(peer, "PING\n");
            assertThat(peer.getInputStream().read()).isEqualTo('P');
        }
        Page page = open("/history" + live().substring(1));
        assertThat(page.locator(".turn.in .said")).hasText("PING");
        assertThat(page.locator(".turn.out .said")).hasText("PING");
        assertThat(page.locator(".scroller > *").first()).containsText("accepted");
        assertThat(page.locator(".scroller > *").last()).containsText("closed");
        button(page, "Table").click();
        assertThat(rows(page)).hasCount(2);
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
        try (Socket peer = connect(server("raw", "echo"))) {
            Page page = open(live(), options(theme, width, height));
            for (String piece : List.of("GET /status\r\n", "Host: me", "ter\r\n")) {
                write(peer, piece);
                assertThat(page.locator(".turn.out").last()).containsText(piece.strip());
            }
            accessible(page);
            picture(page, "conversation", theme, width);
            button(page, "Both").click();
            page.locator(".frame").last().click();
            assertThat(page.locator("[aria-current=true].frame")).isVisible();
            accessible(page);
            picture(page, "conversation-both", theme, width);

            page = open("/history" + live().substring(1), options(theme, width, height));
            assertThat(page.locator(".turn.out").last()).containsText("ter");
            accessible(page);
            picture(page, "conversation-history", theme, width);

            page = open("/?view=conversation", options(theme, width, height));
            assertThat(page.locator(".chooser button").first()).isVisible();
            accessible(page);
        }
    }

    private String server(String framing, String onReceive) {
        return endpoint(Map.of(
                        "name",
                        "talker",
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        Map.of("type", framing),
                        "onReceive",
                        onReceive))
                .get("localAddress")
                .asString();
    }

    /** The conversation of the newest connection of the endpoint. */
    private String live() {
        JsonNode items = null;
        long end = System.nanoTime() + 30_000_000_000L;
        while (items == null || items.isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(end);
            items = api().get()
                    .uri("/api/connections?endpoint=talker")
                    .retrieve()
                    .body(JsonNode.class)
                    .get("items");
        }
        return "/?endpoint=talker&connection=" + items.get(0).get("id").asString() + "&view=conversation";
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
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

    private static void write(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
