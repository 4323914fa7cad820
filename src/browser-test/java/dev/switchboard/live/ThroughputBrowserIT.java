package dev.switchboard.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The curves above the live table. */
class ThroughputBrowserIT extends PageInBrowser {

    private static final Pattern QUIET = Pattern.compile("in 0 a second, at most 0;");

    @Test
    void showsWhatCrossedAndWhatTheTableLeftOut() throws IOException {
        try (Socket peer = connect(server())) {
            Page page = open("/");
            assertThat(area(page)).hasAttribute("aria-label", QUIET);
            lines(peer, 20_000);
            assertThat(area(page))
                    .hasAttribute(
                            "aria-label",
                            Pattern.compile("in .*, at most [\\d.]+k; out 0 .*not shown .* at most [\\d.]+k"));
            assertThat(page.locator("sb-throughput .peak")).containsText("k/s");
        }
    }

    @Test
    void whatPassedDuringAPauseIsNoPeakAfterIt() throws IOException {
        try (Socket peer = connect(server())) {
            Page page = open("/");
            assertThat(area(page)).hasAttribute("aria-label", QUIET);
            page.keyboard().press("p");
            lines(peer, 20_000);
            recorded(20_000);
            page.keyboard().press("p");
            assertThat(rows(page)).not().hasCount(0);
            Pattern some = Pattern.compile("in .*, at most ([1-9]\\d*);");
            for (String label = "";
                    !some.matcher(label).find();
                    label = area(page).getAttribute("aria-label")) {
                assertThat(label).doesNotContain("k;");
                lines(peer, 1);
            }
        }
    }

    @Test
    void isDrawnAtMostTwiceASecondHoweverMuchPasses() throws Exception {
        try (Socket peer = connect(server())) {
            Page page = open("/");
            assertThat(area(page)).hasAttribute("aria-label", QUIET);
            AtomicBoolean done = new AtomicBoolean();
            Thread sender = Thread.ofVirtual().start(() -> {
                while (!done.get()) {
                    lines(peer, 500);
                }
            });
            Object drawn = page.evaluate("""
                    () => new Promise(resolve => {
                      let drawn = 0;
                      const observer = new MutationObserver(changes => { if (changes.some(change => change.attributeName === 'aria-label')) drawn++; });
                      observer.observe(document.querySelector('sb-throughput .area'), { attributes: true });
                      setTimeout(() => resolve(drawn), 4000);
                    })""");
            done.set(true);
            sender.join();
            assertThat((int) drawn).isBetween(2, 8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoFaultThatAxeFinds(ColorScheme theme) throws IOException {
        try (Socket peer = connect(server())) {
            Page page = open("/", options(theme, 1440, 900));
            assertThat(area(page)).hasAttribute("aria-label", QUIET);
            lines(peer, 3000);
            assertThat(page.locator("sb-throughput .peak")).isVisible();
            lines(peer, 2000);
            assertThat(page.locator("sb-throughput li.in")).containsText("2.00k/s");
            accessible(page);
            picture(page, "throughput", theme, 1440);
        }
    }

    private String server() {
        return endpoint(Map.of(
                        "name", "pace", "type", "tcp-server", "bind", "127.0.0.1:0", "framing", Map.of("type", "lf")))
                .get("localAddress")
                .asString();
    }

    /** Waits until so many messages are in history. */
    private void recorded(int messages) {
        long end = System.nanoTime() + 30_000_000_000L;
        while (counted() < messages) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private int counted() {
        return api().get()
                .uri("/api/endpoints/pace")
                .retrieve()
                .body(JsonNode.class)
                .get("counters")
                .get("framesIn")
                .asInt();
    }

    private static Locator area(Page page) {
        return page.locator("sb-throughput .area");
    }

    private static Socket connect(String address) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private static void lines(Socket peer, int count) {
        try {
            peer.getOutputStream().write("volts 230.1\n".repeat(count).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
