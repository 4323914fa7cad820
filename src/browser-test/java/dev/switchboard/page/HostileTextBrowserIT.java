package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Script, markup and templates wherever a peer, a file, an address or somebody at the keyboard can put them: they are
 * shown as they are written, and nothing of them comes to life.
 */
class HostileTextBrowserIT extends PageInBrowser {

    private static final String SCRIPT = "<script>window.hit=1</script>";
    private static final String HOSTILE = SCRIPT + "<img src=x onerror=\"window.hit=1\"><svg onload='alert(1)'>"
            + " javascript:alert(1) ${window.hit=1} [[${123457*7919}]] __${123457*7919}__ {{123457*7919}} \"'`-->]]>\\u003cb>";

    /** What an expression of a template would have become. */
    private static final String EVALUATED = "977655983";

    private static final String IN_JSON =
            new JsonMapper().writeValueAsString(Map.of(HOSTILE, List.of(HOSTILE, Map.of(SCRIPT, 1))));

    private static final List<String> ALIVE = List.of(
            "img", "script:not([src]):not([type=importmap])", "[onerror]", "[onload]", "[href^='javascript:' i]");

    private final List<String> dialogs = new ArrayList<>();

    @BeforeEach
    void traffic() throws IOException {
        String address = endpoint(Map.of(
                        "name", "echo",
                        "type", "tcp-server",
                        "bind", "127.0.0.1:0",
                        "framing", Map.of("type", "lf"),
                        "onReceive", "echo",
                        "description", HOSTILE))
                .get("localAddress")
                .asString();
        endpoint(Map.of(
                "name",
                "hello",
                "type",
                "tcp-client",
                "remote",
                address,
                "framing",
                Map.of("type", "lf"),
                "description",
                HOSTILE));
        try (Socket peer = new Socket("127.0.0.1", Integer.parseInt(address.split(":")[1]))) {
            byte[] said = (HOSTILE + "\n" + IN_JSON + "\n").getBytes(UTF_8);
            peer.getOutputStream().write(said);
            assertThat(peer.getInputStream().readNBytes(said.length)).isEqualTo(said);
        }
    }

    @AfterEach
    void nothingAsked() {
        assertThat(dialogs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?endpoint=echo",
                "/?endpoint=hello",
                "/?endpoint=@",
                "/?endpoint=echo&connection=@",
                "/?contains=@",
                "/?tab=@&view=@&show=@",
                "/?message=@",
                "/?event=@",
                "/?endpoint=echo&view=conversation",
                "/e/echo",
                "/e/hello",
                "/e/@",
                "/history",
                "/history?contains=@",
                "/history?containsHex=@",
                "/history?endpoint=@&connection=@",
                "/history?since=@&until=@&from=@&to=@",
                "/history?message=@",
                "/swagger-ui/index.html?url=@&configUrl=@"
            })
    void anAddressAndWhatItShowsStayText(String path) {
        String hostile = URLEncoder.encode(HOSTILE.replace("/", ""), UTF_8).replace("+", "%20");
        Page page = visit(path.replace("@", hostile));
        page.waitForLoadState();
        if (path.endsWith("echo")) {
            assertThat(page.getByText(SCRIPT).first()).isVisible();
        }
        harmless(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hex", "text", "json", "meta"})
    void aMessageStaysTextInEveryView(String tab) {
        Page page = visit("/?endpoint=echo&tab=" + tab);
        page.locator("sb-table .message")
                .filter(new Locator.FilterOptions().setHasText("{\"<script>"))
                .first()
                .click();
        assertThat(page.locator("sb-inspector .title .what")).isVisible();
        if (tab.equals("json")) {
            assertThat(page.locator("sb-inspector .json").first()).containsText(SCRIPT);
        }
        page.locator("sb-inspector details").evaluateAll("all => all.forEach(one => { one.open = true; })");
        harmless(page);
    }

    @Test
    void aConversationStaysText() {
        String connection = api().get()
                .uri("/api/messages?endpoint=echo&limit=1")
                .retrieve()
                .body(JsonNode.class)
                .at("/items/0/connection")
                .asString();
        Page page = visit("/?endpoint=echo&view=conversation&connection=" + connection);
        assertThat(page.locator(".turn .said").first()).containsText(SCRIPT);
        assertThat(page.locator(".turn.out .said").first()).containsText(SCRIPT);
        page.locator("sb-conversation .head").getByText("Hex").click();
        harmless(page);
    }

    @Test
    void whatIsSentAndRememberedStaysText() {
        Page page = visit("/?endpoint=hello");
        Locator payload = page.locator("sb-composer textarea");
        payload.fill(HOSTILE);
        page.getByLabel("Wait for the reply").check();
        page.locator("sb-composer .send").click();
        assertThat(page.locator("sb-composer .reply code")).containsText(SCRIPT);
        harmless(page);
        page.reload();
        page.getByTitle("Sent before").click();
        assertThat(page.locator("sb-sent li button").first()).containsText(SCRIPT);
        page.locator("sb-sent li button").first().click();
        assertThat(payload).hasValue(HOSTILE);
        harmless(page);
    }

    @Test
    void whatIsPastedStaysText() {
        Page page = visit("/?endpoint=hello");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        for (String text : List.of(HOSTILE, "00000000  41 " + HOSTILE, "char p[] = {0x41, " + HOSTILE + "}")) {
            page.evaluate("text => navigator.clipboard.writeText(text)", text);
            page.locator("sb-composer textarea").fill("");
            page.locator("sb-composer textarea").press("Control+v");
            harmless(page);
        }
    }

    @Test
    void whatAFormIsGivenAndSaysOfItStaysText() {
        Page page = visit("/");
        page.keyboard().press("n");
        Locator dialog = page.locator("sb-endpoint-form dialog");
        Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        name.fill(HOSTILE);
        page.getByLabel("Listen on").fill(HOSTILE);
        dialog.locator(".primary").click();
        assertThat(name).hasAttribute("aria-invalid", "true");
        harmless(page);
    }

    @Test
    void aDeletedEndpointStaysText() {
        Page page = visit("/?endpoint=hello");
        page.locator("sb-endpoints")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Delete").setExact(true))
                .first()
                .click();
        harmless(page);
    }

    @Test
    void aFileAndWhatIsInItStayText() {
        Page page = visit("/history");
        choose(page, HOSTILE.replace("/", "") + ".ndjson", HOSTILE + "\n");
        page.getByLabel("Kept under").fill(SCRIPT);
        button(page, "Import").click();
        harmless(page);
        page.getByLabel("Kept under").fill("lab");
        button(page, "Import").click();
        assertThat(page.locator("sb-import dialog [role=alert]")).isVisible();
        harmless(page);
        button(page, "Cancel").click();

        choose(page, HOSTILE.replace("/", "") + ".ndjson", imported());
        page.getByLabel("Kept under").fill("lab");
        button(page, "Import").click();
        button(page, "Look at it").click();
        assertThat(rows(page).first()).isVisible();
        rows(page).first().click();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Details"))
                .or(page.locator("#tab-meta"))
                .first()
                .click();
        assertThat(page.locator("sb-inspector")).containsText(SCRIPT);
        harmless(page);
        for (String path : List.of("/?endpoint=lab-a", "/e/lab-a", "/history?endpoint=lab-a&view=conversation")) {
            page.navigate(path);
            page.waitForLoadState();
            harmless(page);
        }
    }

    @Test
    void anExportOpenedInTheBrowserIsNoPage() {
        Page page = visit("/");
        for (String format : List.of("csv", "ndjson", "pcapng")) {
            Map<String, String> headers =
                    page.request().get("/api/messages/export?format=" + format).headers();
            assertThat(headers.get("content-type")).doesNotContain("html");
            assertThat(headers.get("content-disposition")).startsWith("attachment");
            assertThat(headers).containsEntry("x-content-type-options", "nosniff");
        }
    }

    /** Everything of it that is not told to be of some form is hostile. */
    private static String imported() {
        String message = new JsonMapper()
                .writeValueAsString(Map.ofEntries(
                        Map.entry("event", "message"),
                        Map.entry("id", HOSTILE),
                        Map.entry("at", "2026-08-01T12:00:00.000042Z"),
                        Map.entry("endpoint", "a"),
                        Map.entry("connection", HOSTILE),
                        Map.entry("transport", "tcp"),
                        Map.entry("direction", "in"),
                        Map.entry("origin", "peer"),
                        Map.entry("local", HOSTILE),
                        Map.entry("remote", HOSTILE),
                        Map.entry("payload", HOSTILE),
                        Map.entry("encoding", "text")));
        String event = new JsonMapper()
                .writeValueAsString(Map.of(
                        "event", "lifecycle",
                        "at", "2026-08-01T12:00:00.000043Z",
                        "endpoint", "a",
                        "connection", HOSTILE,
                        "type", "closed",
                        "detail", HOSTILE));
        return message + "\n" + event + "\n";
    }

    private Page visit(String path) {
        Page page = open(path);
        page.onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    private static void harmless(Page page) {
        assertThat(page.evaluate("window.hit")).isNull();
        for (String selector : ALIVE) {
            assertThat(page.locator(selector)).hasCount(0);
        }
        assertThat(String.valueOf(page.evaluate("document.body.innerText + document.title")))
                .doesNotContain(EVALUATED);
    }

    private static void choose(Page page, String name, String content) {
        page.locator("sb-outcome input[type=file]")
                .setInputFiles(
                        new FilePayload(name, MediaType.APPLICATION_OCTET_STREAM_VALUE, content.getBytes(UTF_8)));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
