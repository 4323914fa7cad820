package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/**
 * The real application on a port of its own, without endpoints, and a real browser. Each test opens its page itself,
 * and no test passes on which the page threw an error or tried something the content security policy forbids.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "switchboard.starter=false")
@TestInstance(Lifecycle.PER_CLASS)
public abstract class PageInBrowser {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final double PATIENCE_MILLIS = 30_000;

    private final List<String> complaints = new ArrayList<>();

    @LocalServerPort
    private int port;

    private Chromium chromium;
    private BrowserContext context;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry registry) throws IOException {
        Path directory = Files.createTempDirectory("switchboard-browser");
        registry.add("switchboard.data-dir", directory::toString);
    }

    @BeforeAll
    final void launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Chromium.launch();
    }

    @AfterAll
    final void quit() {
        chromium.close();
    }

    @BeforeEach
    final void begin() {
        complaints.clear();
    }

    @AfterEach
    final void finish() {
        if (context != null) {
            context.close();
            context = null;
        }
        for (JsonNode endpoint : api().get()
                .uri("/api/endpoints")
                .retrieve()
                .body(JsonNode.class)
                .get("items")) {
            api().delete()
                    .uri("/api/endpoints/{name}", endpoint.get("name").asString())
                    .retrieve()
                    .toBodilessEntity();
        }
        api().delete().uri("/api/messages").retrieve().toBodilessEntity();
        assertThat(complaints).isEmpty();
    }

    /** The page at a path such as {@code /?endpoint=meter}, in a window of 1440 × 900. */
    protected final Page open(String path) {
        return open(path, new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    protected final Page open(String path, Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = chromium.browser().newContext(options.setBaseURL("http://127.0.0.1:" + port));
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(this::listen);
        page.navigate(path);
        return page;
    }

    protected final RestClient api() {
        RestClient.Builder client = RestClient.builder().baseUrl("http://127.0.0.1:" + port);
        token().ifPresent(token -> client.defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        return client.build();
    }

    /** The operator's token, where the test set one. */
    protected Optional<String> token() {
        return Optional.empty();
    }

    /** Makes an endpoint and returns what the API says of it. */
    protected final JsonNode endpoint(Map<String, ?> definition) {
        return api().post()
                .uri("/api/endpoints")
                .contentType(MediaType.APPLICATION_JSON)
                .body(definition)
                .retrieve()
                .body(JsonNode.class);
    }

    /** A server that echoes lines, and a client connected to it; the client is called {@code hello}. */
    protected final void echoAndHello() {
        Map<String, String> lines = Map.of("type", "lf");
        String address = endpoint(Map.of(
                        "name",
                        "echo",
                        "type",
                        "tcp-server",
                        "bind",
                        "127.0.0.1:0",
                        "framing",
                        lines,
                        "onReceive",
                        "echo"))
                .get("localAddress")
                .asString();
        endpoint(Map.of("name", "hello", "type", "tcp-client", "remote", address, "framing", lines));
        await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> api().get()
                                .uri("/api/endpoints/hello")
                                .retrieve()
                                .body(JsonNode.class)
                                .path("state")
                                .asString(),
                        "connected"::equals);
    }

    /** The rows of messages and events in view. */
    protected static Locator rows(Page page) {
        return page.locator("sb-table [role=row]");
    }

    protected static Browser.NewContextOptions options(ColorScheme theme, int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme);
    }

    /** Has no fault that axe finds. */
    protected static void accessible(Page page) {
        AxeResults results = new AxeBuilder(page).analyze();
        assertThat(results.getViolations())
                .extracting(rule -> rule.getId() + ": " + rule.getNodes())
                .isEmpty();
    }

    /** Takes a picture for people to look at, into {@code target/screenshots}. */
    protected static void picture(Page page, String name, ColorScheme theme, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(
                        name + "-" + width + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png")));
    }

    private void listen(ConsoleMessage message) {
        if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
        }
    }
}
