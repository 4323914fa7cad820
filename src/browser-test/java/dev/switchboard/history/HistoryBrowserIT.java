package dev.switchboard.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.FilePayload;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history page with traffic of real sockets behind it. */
class HistoryBrowserIT extends PageInBrowser {

    /** Sent and echoed: four frames each, of which the client and the server have two. */
    private static final int EACH = 4;

    @BeforeEach
    void echo() {
        echoAndHello();
    }

    @Test
    void findsByTextAndByBytesAndMarksThem() {
        say("volts 1", "amps 1", "volts 2");
        Page page = open("/history");
        assertThat(row(page, "amps 1")).hasCount(EACH);

        page.keyboard().press("/");
        page.keyboard().type("volts");
        assertThat(row(page, "amps 1")).hasCount(0);
        assertThat(row(page, "volts")).hasCount(2 * EACH);
        assertThat(rows(page).first().locator("mark")).hasText("volts");
        assertThat(page).hasURL(Pattern.compile("contains=volts"));
        assertThat(page.locator("sb-outcome .found")).containsText("8 frames, all that match");
        page.keyboard().press("Escape");
        assertThat(row(page, "amps 1")).hasCount(EACH);

        button(page, "Hex").click();
        page.keyboard().type("61 6d");
        assertThat(row(page, "volts")).hasCount(0);
        assertThat(row(page, "amps 1").locator("mark").first()).hasText("am");
        page.keyboard().press("Control+a");
        page.keyboard().type("6");
        assertThat(page.locator("sb-filter-field .error")).isVisible();
        assertThat(row(page, "amps 1")).hasCount(EACH);
    }

    @Test
    void aLinkShowsTheSameToAColleague() {
        say("volts 1", "amps 1");
        Page page = open("/history");
        button(page, "Out").click();
        endpointField(page).fill("hello");
        endpointField(page).press("Enter");
        page.getByLabel("Made by").selectOption("operator");
        page.keyboard().press("/");
        page.keyboard().type("amps");
        assertThat(rows(page)).hasCount(1);
        row(page, "amps 1").click();
        assertThat(page.locator("sb-hexdump")).containsText("61 6d 70 73");

        String link = page.url();
        Page colleague =
                open(URI.create(link).getPath() + "?" + URI.create(link).getRawQuery());
        assertThat(row(colleague, "amps 1")).hasAttribute("aria-selected", "true");
        assertThat(rows(colleague)).hasCount(1);
        assertThat(colleague.locator("sb-hexdump")).containsText("61 6d 70 73");
        assertThat(endpointField(colleague)).hasValue("hello");
        assertThat(colleague.getByRole(AriaRole.SEARCHBOX)).hasValue("amps");
        assertThat(colleague).hasTitle("History · Switchboard");
    }

    @Test
    void theBrushNarrowsWhatIsFoundAndZooms() {
        say("first");
        await(50);
        say("last");
        Page page = open("/history");
        assertThat(row(page, "first")).hasCount(EACH);

        brush(page, 0.5, 0);
        assertThat(row(page, "last")).hasCount(0);
        assertThat(row(page, "first")).hasCount(EACH);
        assertThat(page).hasURL(Pattern.compile("until="));
        assertThat(page.locator("#histogram-words")).containsText(EACH / 2 + " frames in");

        button(page, "Zoom").click();
        assertThat(page).hasURL(Pattern.compile("to="));
        assertThat(row(page, "first")).hasCount(EACH);
        page.reload();
        assertThat(row(page, "first")).hasCount(EACH);
        assertThat(row(page, "last")).hasCount(0);
        page.goBack();
        button(page, "Clear choice").click();
        assertThat(row(page, "last")).hasCount(EACH);
    }

    @Test
    void theBrushWorksFromTheKeyboard() {
        say("first");
        await(50);
        say("last");
        Page page = open("/history");
        assertThat(row(page, "last")).hasCount(EACH);

        Locator begins = slider(page, "Chosen time begins");
        Locator ends = slider(page, "Chosen time ends");
        begins.focus();
        page.keyboard().press("End");
        assertThat(row(page, "first")).hasCount(0);
        assertThat(begins).hasAttribute("aria-valuenow", "119");
        assertThat(begins).hasAttribute("aria-valuetext", Pattern.compile("\\d\\d:\\d\\d:\\d\\d.*"));
        page.keyboard().press("Home");
        assertThat(row(page, "first")).hasCount(EACH);
        ends.focus();
        page.keyboard().press("Home");
        assertThat(row(page, "last")).hasCount(0);
        assertThat(begins).hasAttribute("aria-valuetext", Pattern.compile("where the view begins"));

        page.keyboard().press("Escape");
        page.keyboard().press("b");
        Locator looked = slider(page, "Interval looked at");
        assertThat(looked).isFocused();
        page.keyboard().press("Home");
        assertThat(looked).hasAttribute("aria-valuetext", Pattern.compile("\\d+ in, [1-9]\\d* out"));
        page.keyboard().press("Enter");
        assertThat(row(page, "first").first()).isVisible();
        page.keyboard().press("+");
        assertThat(page).hasURL(Pattern.compile("to="));
        page.keyboard().press("-");
        assertThat(page).not().hasURL(Pattern.compile("to="));
    }

    @Test
    void thePointerSaysExactlyWhatAnIntervalHas() {
        say("only");
        Page page = open("/history");
        assertThat(row(page, "only")).hasCount(EACH);
        BoundingBox area = page.locator("sb-histogram .area").boundingBox();
        page.mouse().move(area.x + 1, area.y + 20);
        assertThat(page.locator("#histogram-words")).containsText(Pattern.compile("\\d frames? in, \\d+ B"));
    }

    @Test
    void exportsSayHowMuchWillComeAndCarryTheFilter() throws IOException {
        say("volts 1", "amps 1", "volts 2");
        Page page = open("/history?contains=volts");
        Locator link = page.locator("sb-outcome .export a").filter(new Locator.FilterOptions().setHasText("ndjson"));
        assertThat(link).hasAttribute("aria-label", "ndjson · 8 frames · 56 B");
        assertThat(link).hasAttribute("download", "");
        // What comes after it was counted is not exported.
        say("volts 3");
        assertThat(link.getAttribute("href")).contains("format=ndjson", "contains=volts", "until=");
        Download download = page.waitForDownload(link::click);
        String content;
        try (InputStream file = download.createReadStream()) {
            content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<JsonNode> messages = content.lines()
                .map(new JsonMapper()::readTree)
                .filter(one -> one.get("event").asString().equals("message"))
                .toList();
        assertThat(messages).hasSize(8);
        assertThat(messages.stream().mapToInt(one -> one.get("bytes").asInt()).sum())
                .isEqualTo(56);
        assertThat(messages)
                .allSatisfy(one -> assertThat(one.get("payload").asString()).contains("volts"));
    }

    @Test
    void forgetsExactlyWhatItSaidAfterAsking() {
        say("volts 1", "amps 1");
        Page page = open("/history?contains=volts&endpoint=hello");
        button(page, "Forget…").click();
        Locator question = page.locator("sb-confirm dialog");
        assertThat(question).containsText("Forget 2 frames?");
        assertThat(question).containsText("on hello");
        assertThat(question).containsText("containing “volts”");
        assertThat(question).containsText("cannot be undone");
        page.keyboard().press("Escape");
        assertThat(row(page, "volts 1")).hasCount(2);

        button(page, "Forget…").click();
        say("volts 2");
        button(page, "Forget 2 frames").click();
        assertThat(page.locator("sb-outcome .said")).hasText("Forgot 2 frames.");
        assertThat(row(page, "volts 1")).hasCount(0);
        assertThat(row(page, "volts 2")).hasCount(2);

        page.navigate("/history");
        assertThat(row(page, "amps 1")).hasCount(EACH);
        button(page, "Forget…").click();
        assertThat(question).containsText("Forget ALL 10 frames?");
        button(page, "Forget all 10 frames").click();
        assertThat(page.locator("sb-table .empty")).containsText("History is empty");
    }

    @Test
    void saysWhatToDoWhereNothingMatches() {
        say("volts 1");
        Page page = open("/history?contains=ohms");
        assertThat(page.locator("sb-table .empty")).containsText("containing “ohms”");
        button(page, "Clear the filter").click();
        assertThat(row(page, "volts 1")).hasCount(EACH);
    }

    @Test
    void olderRowsComeAsOneScrollsUpAndTheOthersStay() {
        lines(500);
        Page page = open("/history?endpoint=echo&direction=in");
        assertThat(row(page, "line 499.")).isVisible();
        assertThat(page.locator("sb-outcome .found")).containsText("The newest 200 of 500 frames");
        Locator grid = page.locator("sb-table [role=grid]");
        assertThat(rows(page).nth(60)).hasCount(0);
        grid.hover();
        page.mouse().wheel(0, -3000);
        assertThat(grid).hasAttribute("aria-rowcount", "400");
        assertThat(row(page, "line 299.")).hasCount(0);
        page.keyboard().press("k");
        String chosen = page.locator("sb-table [aria-selected=true] .preview").innerText();
        for (int i = 0; i < 20; i++) {
            page.mouse().wheel(0, -3000);
        }
        assertThat(row(page, "line 0.")).isVisible();
        assertThat(page.locator("sb-outcome .found")).containsText("500 frames, all that match");
        assertThat(chosen).startsWith("line ");
        button(page, "To the newest").click();
        assertThat(row(page, "line 499.")).isVisible();
    }

    @Test
    void aLongSearchSaysHowFarItIsAndCanBeStopped() {
        lines(300);
        Page page = open("/favicon.ico");
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean slow = new AtomicBoolean(true);
        page.route(Pattern.compile("/api/messages\\?.*limit="), route -> {
            if (!slow.get()) {
                route.resume();
            } else if (asked.getAndIncrement() == 0) {
                outOfTime(route);
            }
            // Else the server goes on searching until it is told to stop.
        });
        page.navigate("/history?endpoint=echo&direction=in&contains=line");
        Locator found = page.locator("sb-outcome .found");
        assertThat(found).containsText(Pattern.compile("Searched back to \\d\\d:\\d\\d:\\d\\d, 10 found"));
        assertThat(found.locator("progress")).isVisible();
        assertThat(row(page, "line 299.")).isVisible();
        double fraction = (double) found.locator("progress").evaluate("bar => bar.value + 1e-9");
        assertThat(fraction).isBetween(0.0, 1.0);

        button(page, "Stop").click();
        assertThat(found).containsText("Stopped: 10 frames found");
        assertThat(found.locator("progress")).hasCount(0);
        slow.set(false);
        button(page, "Go on").click();
        assertThat(found).containsText("The newest 210 of 300 frames");
    }

    @Test
    void walksRowsAndInspectorByKeyboardAlone() {
        say("alpha", "beta");
        Page page = open("/history?endpoint=hello&direction=out");
        assertThat(row(page, "beta")).isVisible();
        page.keyboard().press("j");
        assertThat(row(page, "beta")).hasAttribute("aria-selected", "true");
        page.keyboard().press("k");
        assertThat(row(page, "alpha")).hasAttribute("aria-selected", "true");
        page.keyboard().press("Enter");
        page.keyboard().press("2");
        assertThat(page.locator("sb-inspector .text")).hasText("alpha");
        page.keyboard().press("Escape");
        assertThat(page.locator("sb-table [role=grid]")).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("sb-inspector")).containsText("Choose a row");

        page.keyboard().press("j");
        page.keyboard().press("1");
        assertThat(page.locator("sb-hexdump")).isVisible();
        page.keyboard().press("r");
        assertThat(page.locator("sb-composer textarea")).hasValue("beta");
        assertThat(page.locator(".places [aria-current]")).hasText("Live");
    }

    @Test
    void goesFromLiveToHistoryWithItsFilter() {
        say("volts 1", "amps 1");
        Page page = open("/?contains=volts");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("History").setExact(true))
                .click();
        assertThat(row(page, "volts 1")).hasCount(EACH);
        assertThat(row(page, "amps 1")).hasCount(0);
        assertThat(page.locator(".places [aria-current]")).hasText("History");
        assertThat(page.locator("sb-history-status .live")).hasText("recording");
    }

    @Test
    void importsAFileAndShowsWhatCameIn() {
        say("volts 1");
        String line = api().get()
                .uri("/api/messages?limit=1&contains=volts")
                .retrieve()
                .body(JsonNode.class)
                .get("items")
                .get(0)
                .toString()
                .replaceFirst("\\{", "{\"event\":\"message\",");
        Page page = open("/history");
        assertThat(row(page, "volts 1")).hasCount(EACH);

        choose(page, "Lab 2.ndjson", "no json\n");
        Locator dialog = page.locator("sb-import dialog");
        assertThat(page.getByLabel("Kept under")).hasValue("lab-2");
        button(page, "Import").click();
        assertThat(dialog.locator("[role=alert]")).isVisible();
        button(page, "Cancel").click();

        choose(page, "Lab 2.ndjson", line + "\n");
        page.getByLabel("Kept under").fill("Lab 2");
        button(page, "Import").click();
        assertThat(page.getByLabel("Kept under")).hasAttribute("aria-invalid", "true");
        page.getByLabel("Kept under").fill("lab-2");
        page.keyboard().press("Enter");
        assertThat(dialog).containsText("1 frame with");
        assertThat(page).hasURL(Pattern.compile("endpoint=lab-2-(hello|echo)"));
        button(page, "Look at it").click();
        assertThat(row(page, "volts 1")).hasCount(1);
        assertThat(dialog).not().isVisible();
    }

    @Test
    void bothPagesSayAloudOnceThatNothingIsRecordedAndTakeItBack() {
        Page page = open("/favicon.ico");
        AtomicInteger lost = new AtomicInteger();
        AtomicBoolean out = new AtomicBoolean(true);
        page.route("**/api/history", route -> {
            JsonNode now = api().get().uri("/api/history").retrieve().body(JsonNode.class);
            String body = !out.get()
                    ? now.toString()
                    : now.toString()
                            .replaceFirst(
                                    "\"recording\":true,\"outage\":null",
                                    "\"recording\":false,\"outage\":{\"since\":\"2026-01-01T10:00:00.000000Z\",\"reason\":\"the disk is full\",\"framesLost\":"
                                            + lost.incrementAndGet() * 1000 + "}");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(body));
        });
        for (String path : List.of("/history", "/")) {
            out.set(true);
            page.navigate(path);
            Locator alert = page.locator("sb-notices [role=alert]");
            assertThat(alert).containsText(Pattern.compile("Traffic is not being recorded since .*: The disk is full"));
            Object first = alert.evaluateHandle("it => it.firstChild");
            int before = lost.get();
            assertThat(page.locator("sb-notices .lost"))
                    .containsText(Pattern.compile(before + 1 + ",000|" + (before + 2) + ",000"));
            assertThat((boolean) alert.evaluate("(it, first) => it.firstChild === first", first))
                    .isTrue();
            out.set(false);
            assertThat(alert).hasCount(0);
        }
    }

    @Test
    void howTheLastRunEndedCanBePutAway() {
        Page page = open("/favicon.ico");
        page.route(
                "**/api/history",
                route -> route.fulfill(
                        new Route.FulfillOptions()
                                .setContentType("application/json")
                                .setBody(
                                        api().get()
                                                .uri("/api/history")
                                                .retrieve()
                                                .body(String.class)
                                                .replaceFirst(
                                                        "\"lastRun\":(null|\"[^\"]*\")",
                                                        "\"lastRun\":\"It ended at 2026-01-02T03:04:05.678901Z; 12 frames may be missing.\""))));
        page.navigate("/history");
        assertThat(page.locator("sb-notices"))
                .containsText(Pattern.compile("It ended at [A-Z][^:T]* \\d\\d:\\d\\d:05; 12 frames may be missing"));
        button(page, "Dismiss").click();
        assertThat(page.locator("sb-notices .last-run")).hasCount(0);
        page.reload();
        assertThat(page.locator("sb-history-status .live")).isVisible();
        assertThat(page.locator("sb-notices .last-run")).hasCount(0);
    }

    /** As if the server's time had run out after ten rows. */
    private void outOfTime(Route route) {
        URI url = URI.create(route.request().url().replace("limit=200", "limit=10"));
        String page = api().get().uri(url).retrieve().body(String.class);
        Matcher last = Pattern.compile(".*\"at\":\"([^\"]+)\"").matcher(page);
        assertThat(last.find()).isTrue();
        String cut = page.replaceFirst(
                "\"complete\":true,\"searchedTo\":null", "\"complete\":false,\"searchedTo\":\"" + last.group(1) + "\"");
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(cut));
    }

    private void say(String... lines) {
        for (String line : lines) {
            api().post()
                    .uri("/api/endpoints/hello/messages")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of("payload", line, "awaitReply", "10s"))
                    .retrieve()
                    .toBodilessEntity();
        }
        recorded(lines[lines.length - 1]);
    }

    private void lines(int count) {
        String address = api().get()
                .uri("/api/endpoints/echo")
                .retrieve()
                .body(JsonNode.class)
                .get("localAddress")
                .asString();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("line ").append(i).append(".\n");
        }
        try (Socket peer = new Socket("127.0.0.1", Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))) {
            peer.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            peer.getInputStream().readNBytes(text.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns once the echo of the text came back. */
    private void recorded(String text) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (api().get()
                .uri("/api/messages?contains={text}&endpoint=hello&direction=in", text)
                .retrieve()
                .body(JsonNode.class)
                .get("items")
                .isEmpty()) {
            assertThat(System.nanoTime()).as("deadline for " + text).isLessThan(end);
        }
    }

    /** Lets so much time pass on the clock that stamps messages. */
    private static void await(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void choose(Page page, String name, String content) {
        page.locator("sb-outcome input[type=file]")
                .setInputFiles(
                        new FilePayload(name, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8)));
    }

    private static void brush(Page page, double from, double to) {
        BoundingBox area = page.locator("sb-histogram .area").boundingBox();
        page.mouse().move(area.x + area.width * from, area.y + 30);
        page.mouse().down();
        page.mouse().move(area.x + area.width * (from + to) / 2, area.y + 30);
        page.mouse().move(area.x + area.width * to, area.y + 30);
        page.mouse().up();
        page.mouse().move(area.x, area.y - 200);
    }

    private static Locator endpointField(Page page) {
        return page.getByLabel("Endpoint", new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator slider(Page page, String name) {
        return page.getByRole(AriaRole.SLIDER, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator row(Page page, String text) {
        return rows(page).filter(new Locator.FilterOptions().setHasText(text));
    }
}
