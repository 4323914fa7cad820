package dev.switchboard.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The live table with real peers behind it. */
class TableBrowserIT extends PageInBrowser {

    @Test
    void showsTheLifeOfAConnectionAmongItsMessages() throws IOException {
        String address = server("meter");
        Page page = open("/?endpoint=meter");
        assertThat(page.locator("sb-status .live")).isVisible();
        try (Socket peer = connect(address)) {
            write(peer, "230.1 V\n");
            assertThat(row(page, "230.1 V")).containsText("→ in");
        }
        assertThat(row(page, "accepted")).isVisible();
        assertThat(row(page, "closed").last()).isVisible();
        String all = String.join("\n", rows(page).allInnerTexts());
        assertThat(all.indexOf("accepted")).isLessThan(all.indexOf("230.1 V"));
        assertThat(all.indexOf("230.1 V")).isLessThan(all.lastIndexOf("closed"));
    }

    @Test
    void opensOnTheRecentPast() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            write(peer, "before the page\n");
            recorded("before the page");
            Page page = open("/");
            assertThat(row(page, "before the page")).isVisible();
        }
    }

    @Test
    void filtersByTextOnTheServerAndKeepsTheFilterInTheAddress() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            write(peer, "volts 1\namps 1\n");
            Page page = open("/");
            assertThat(row(page, "amps 1")).isVisible();

            page.keyboard().press("/");
            page.keyboard().type("volts");
            assertThat(row(page, "amps 1")).hasCount(0);
            assertThat(row(page, "volts 1")).isVisible();
            write(peer, "amps 2\nvolts 2\n");
            assertThat(row(page, "volts 2")).isVisible();
            assertThat(row(page, "amps 2")).hasCount(0);
            assertThat(page).hasURL(Pattern.compile("contains=volts"));

            page.reload();
            assertThat(row(page, "volts 2")).isVisible();
            assertThat(row(page, "amps 2")).hasCount(0);
            page.getByRole(AriaRole.SEARCHBOX).press("Escape");
            assertThat(row(page, "amps 2")).isVisible();
        }
    }

    @Test
    void filtersByDirectionEndpointAndConnection() throws IOException {
        String address = server("one");
        try (Socket first = connect(address);
                Socket second = connect(address);
                Socket other = connect(server("two"))) {
            write(first, "from the first\n");
            write(second, "from the second\n");
            write(other, "from elsewhere\n");
            recorded("from elsewhere");
            Page page = open("/");
            assertThat(row(page, "from elsewhere")).isVisible();

            page.locator("sb-endpoints .entry")
                    .filter(new Locator.FilterOptions().setHasText("one"))
                    .first()
                    .click();
            assertThat(row(page, "from elsewhere")).hasCount(0);
            assertThat(row(page, "from the second")).isVisible();

            page.locator("sb-endpoints .entry.connection")
                    .filter(new Locator.FilterOptions().setHasText(":" + first.getLocalPort()))
                    .click();
            assertThat(row(page, "from the first")).isVisible();
            assertThat(row(page, "from the second")).hasCount(0);

            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Out").setExact(true))
                    .click();
            assertThat(row(page, "from the first")).hasCount(0);
            assertThat(page).hasURL(Pattern.compile("endpoint=one&connection=.*&direction=out"));
        }
    }

    @Test
    void endsAConnectionInEachOfItsWays() throws IOException {
        String address = server("meter");
        try (Socket half = connect(address)) {
            Page page = open("/?endpoint=meter");
            page.locator("sb-endpoints .entry.connection").click();
            button(page, "Half-close").click();
            assertThat(half.getInputStream().read()).isEqualTo(-1);
            assertThat(page.locator("sb-endpoints .entry.connection")).containsText("half-closed");
            write(half, "still heard\n");
            assertThat(row(page, "still heard")).isVisible();

            button(page, "Reset").click();
            assertThat(page.locator("sb-endpoints .entry.connection")).containsText("closed");
            assertThat(row(page, "reset").first()).isVisible();
        }
    }

    @Test
    void holdsStillWhilePausedAndThenCatchesUp() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            Page page = open("/");
            write(peer, "earlier\n");
            assertThat(row(page, "earlier")).isVisible();
            page.keyboard().press("p");
            assertThat(page.locator("sb-status")).containsText("paused");
            write(peer, "meanwhile\n");
            recorded("meanwhile");
            assertThat(row(page, "meanwhile")).hasCount(0);

            page.keyboard().press("p");
            assertThat(row(page, "meanwhile")).isVisible();
            assertThat(row(page, "earlier")).isVisible();
        }
    }

    @Test
    void keepsTheRowsInViewWhenScrolledUpUntilToldToFollow() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            Page page = open("/");
            write(peer, lines(0, 200));
            assertThat(row(page, "line 199.")).isVisible();
            page.locator("sb-table [role=grid]").hover();
            page.mouse().wheel(0, -1200);
            assertThat(page.locator("sb-table .to-end")).isVisible();
            Locator grid = page.locator("sb-table [role=grid]");
            int before = Integer.parseInt(grid.getAttribute("aria-rowcount"));
            write(peer, lines(200, 300));
            assertThat(grid).hasAttribute("aria-rowcount", String.valueOf(before + 100));
            assertThat(row(page, "line 299.")).hasCount(0);

            page.keyboard().press("f");
            assertThat(row(page, "line 299.")).isVisible();
        }
    }

    @Test
    void walksTheRowsAndTheInspectorByKeyboard() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            Page page = open("/");
            write(peer, "alpha\nbeta\n");
            assertThat(row(page, "beta")).isVisible();
            page.keyboard().press("j");
            assertThat(row(page, "beta")).hasAttribute("aria-selected", "true");
            page.keyboard().press("k");
            assertThat(row(page, "alpha")).hasAttribute("aria-selected", "true");
            assertThat(page.locator("sb-hexdump")).containsText("61 6c 70 68 61");
            page.keyboard().press("Enter");
            page.keyboard().press("2");
            assertThat(page.locator("sb-inspector .text")).hasText("alpha");
            page.keyboard().press("4");
            assertThat(page.locator("sb-inspector dl")).containsText("6 bytes");
            page.keyboard().press("Escape");
            assertThat(page.locator("sb-table [role=grid]")).isFocused();

            page.reload();
            assertThat(page.locator("sb-inspector dl")).containsText("5 bytes");
            page.keyboard().press("Escape");
            assertThat(page.locator("sb-inspector")).containsText("Choose a row");
        }
    }

    @Test
    void saysAtOnceThatItIsNotLiveAndComesBackWithoutLosingARow() throws IOException {
        try (Socket peer = connect(server("meter"))) {
            Queue<WebSocketRoute> sockets = new ConcurrentLinkedQueue<>();
            boolean[] refuse = {false};
            Page page = open("/favicon.ico");
            page.routeWebSocket(Pattern.compile("/ws/live"), route -> {
                if (refuse[0]) {
                    route.close();
                } else {
                    sockets.add(route);
                    route.connectToServer();
                }
            });
            page.navigate("/");
            write(peer, "before\n");
            assertThat(row(page, "before")).isVisible();

            refuse[0] = true;
            sockets.forEach(WebSocketRoute::close);
            assertThat(page.locator("sb-status")).containsText("not live");
            assertThat(page.locator("sb-table [role=grid]")).hasClass("stale");
            write(peer, "in between\n");
            recorded("in between");

            refuse[0] = false;
            page.getByText("Try now").click();
            assertThat(page.locator("sb-status .live")).isVisible();
            assertThat(row(page, "in between")).hasCount(1);
            assertThat(row(page, "before")).hasCount(1);
        }
    }

    @Test
    void saysOfWhichDayTheRowsAreOnceThatIsNotToday() throws IOException {
        try (Socket peer = connect(server("dated"))) {
            write(peer, "yesterday\n");
            recorded("yesterday");
            Page page = open("/?endpoint=dated");
            assertThat(row(page, "yesterday").locator(".time")).hasText(Pattern.compile("^\\d\\d:"));
            page.clock()
                    .setSystemTime(
                            System.currentTimeMillis() + Duration.ofDays(1).toMillis());
            page.reload();
            assertThat(row(page, "yesterday").locator(".time"))
                    .hasText(Pattern.compile("^[A-Z][a-z]{2} \\d\\d ?\\d\\d:"));
            assertThat(row(page, "accepted").locator(".time"))
                    .hasText(Pattern.compile("^[A-Z][a-z]{2} \\d\\d ?\\d\\d:"));
        }
    }

    @Test
    void keepsTheButtonsOfTheToolbarTogether() {
        server("barred");
        Page page = open("/?endpoint=barred");
        Locator buttons = page.locator("sb-toolbar > .button:not(.chip)");
        for (int width : new int[] {1440, 900, 720, 390}) {
            page.setViewportSize(width, 900);
            assertThat(buttons).hasCount(3);
            assertThat(buttons.last().boundingBox().y)
                    .as("at " + width)
                    .isEqualTo(buttons.first().boundingBox().y);
        }
    }

    @Test
    void saysThatThereIsNoSuchEndpoint() {
        Page page = open("/?endpoint=never-was");
        assertThat(page.locator("sb-table .empty")).containsText("There is no endpoint never-was");
        page.locator("sb-table .empty").getByRole(AriaRole.BUTTON).click();
        assertThat(page).hasURL(Pattern.compile("/$"));
    }

    @Test
    void showsTheWholeLengthOfALongMessage() throws IOException {
        String address = endpoint(Map.of(
                        "name",
                        "lengthy",
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        Map.of("type", "lf"),
                        "maxFrameBytes",
                        16_000_000))
                .get("localAddress")
                .asString();
        try (Socket peer = connect(address)) {
            Page page = open("/");
            write(peer, "A".repeat(12_345_678) + "\n");
            Locator length = row(page, "AAAA").locator(".number");
            assertThat(length).hasText("12,345,678");
            for (int width : new int[] {1440, 900}) {
                page.setViewportSize(width, 900);
                assertThat((Boolean) length.evaluate("cell => cell.scrollWidth <= cell.clientWidth"))
                        .isTrue();
            }
        }
    }

    private String server(String name) {
        return endpoint(Map.of(
                        "name", name, "type", "tcp-server", "bind", "127.0.0.1:0", "framing", Map.of("type", "lf")))
                .get("localAddress")
                .asString();
    }

    /** Returns once history has a message that contains the text. */
    private void recorded(String text) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (api().get()
                .uri("/api/messages?contains={text}", text)
                .retrieve()
                .body(JsonNode.class)
                .get("items")
                .isEmpty()) {
            assertThat(System.nanoTime()).as("deadline for " + text).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("line ").append(i).append(".\n");
        }
        return lines.toString();
    }

    private static Socket connect(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        return new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static void write(Socket peer, String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Locator row(Page page, String text) {
        return rows(page).filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator button(Page page, String name) {
        return page.locator("sb-endpoints")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
