package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page that is open while the server behind it is killed and comes back. */
@Timeout(180)
class RestartBrowserIT {

    @TempDir
    private Path data;

    @Test
    void saysThatTheServerIsGoneAndGoesOnByItselfWhenItIsBack() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        int port = freePort();
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            String meter;
            try (RunningSwitchboard first = RunningSwitchboard.start(data, port)) {
                meter = first.endpoint("""
                        {"name": "meter", "type": "tcp-server", "bind": "127.0.0.1:%d", "framing": {"type": "lf"}}""".formatted(freePort()));
                page.navigate(first.url());
                say(meter, "before\n");
                assertThat(row(page, "before")).isVisible();
                assertThat(page.locator("sb-status .live")).isVisible();

                first.kill();
                assertThat(page.locator("sb-status")).containsText("not live");
                assertThat(page.locator("sb-table [role=grid]")).hasClass("stale");
                assertThat(page.locator("sb-status .live")).hasCount(0);
            }
            try (RunningSwitchboard second = RunningSwitchboard.start(data, port)) {
                say(meter, "after\n");
                assertThat(page.locator("sb-status .live")).isVisible();
                assertThat(row(page, "after")).hasCount(1);
                assertThat(row(page, "before")).hasCount(1);
                assertThat(page.locator("sb-table [role=grid]")).not().hasClass("stale");
                assertThat(page.locator("sb-endpoints .entry")
                                .filter(new Locator.FilterOptions().setHasText("meter"))
                                .first())
                        .isVisible();
            }
        }
    }

    @Test
    void thePageOfAnEndpointDrawsNothingAsGoingOnWhileTheServerIsGone() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        int port = freePort();
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            Locator age = page.locator("sb-life-cycle .step.now .time");
            try (RunningSwitchboard first = RunningSwitchboard.start(data, port)) {
                first.endpoint("{\"name\": \"meter\", \"type\": \"udp\", \"bind\": \"127.0.0.1:0\"}");
                page.navigate(first.url() + "e/meter");
                assertThat(age).hasText(Pattern.compile("for [2-9] s"));
                first.kill();
                assertThat(page.locator("sb-endpoint-page main")).hasClass("stale");
                assertThat(page.locator("sb-endpoint-status")).containsText("trying again in 5 s");
                String then = age.textContent();
                assertThat(page.locator("sb-endpoint-status")).containsText(Pattern.compile("trying again in [12] s"));
                assertThat(age).hasText(then);
            }
            try (RunningSwitchboard second = RunningSwitchboard.start(data, port)) {
                assertThat(page.locator("sb-endpoint-page main")).not().hasClass("stale");
                assertThat(age).hasText(Pattern.compile("for [1-9] s"));
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void say(String address, String text) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket peer = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            OutputStream out = peer.getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Locator row(Page page, String text) {
        return page.locator("sb-table [role=row]").filter(new Locator.FilterOptions().setHasText(text));
    }
}
