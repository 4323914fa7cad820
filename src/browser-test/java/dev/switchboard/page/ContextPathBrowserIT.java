package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Behind a path that comes before all of its own, as a proxy that shares its name gives it. */
@Timeout(180)
class ContextPathBrowserIT {

    @TempDir
    private Path data;

    @Test
    void allPagesAndWhatTheyAskForAreUnderThePath() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        try (Chromium chromium = Chromium.launch();
                BrowserContext context = chromium.browser().newContext();
                RunningSwitchboard switchboard = RunningSwitchboard.under("/lab/board", data)) {
            Page page = context.newPage();
            page.onResponse(response -> {
                if (!isUnder(switchboard, response)) {
                    elsewhere.add(response.status() + " " + response.url());
                }
            });
            String meter = switchboard.endpoint(
                    "{\"name\": \"meter\", \"type\": \"tcp-server\", \"bind\": \"127.0.0.1:0\", \"framing\": {\"type\": \"lf\"}}");

            page.navigate(switchboard.url());
            say(meter, "over there\n");
            assertThat(row(page, "over there")).isVisible();
            assertThat(page.locator("sb-status .live")).isVisible();

            page.locator("nav.places a").filter(text("History")).click();
            assertThat(page).hasURL(switchboard.url() + "history");
            assertThat(row(page, "over there")).isVisible();

            page.navigate(switchboard.url() + "e/meter");
            assertThat(page.locator("sb-life-cycle")).isVisible();
            page.locator("a[title='All endpoints']").click();
            assertThat(page).hasURL(switchboard.url());

            page.locator("a.api").click();
            assertThat(page).hasURL(switchboard.url() + "swagger-ui/index.html");
            assertThat(page.locator(".opblock").first()).isVisible();
        }
        assertThat(elsewhere).isEmpty();
    }

    private static boolean isUnder(RunningSwitchboard switchboard, Response response) {
        return response.status() < 400
                && (response.url().startsWith(switchboard.url())
                        || response.url().startsWith("data:"));
    }

    private static Locator row(Page page, String text) {
        return page.locator("[role=row]").filter(text(text)).first();
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static void say(String address, String line) throws IOException {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
