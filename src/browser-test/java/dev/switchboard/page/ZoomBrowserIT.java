package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For those who need everything larger. */
class ZoomBrowserIT extends PageInBrowser {

    /** To the page, a window of 1440 × 900 at 200 % is one of half that size with pixels twice as dense. */
    private static Browser.NewContextOptions twiceAsLarge() {
        return options(ColorScheme.LIGHT, 720, 450).setDeviceScaleFactor(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/history"})
    void nothingIsCutOffAtTwiceTheSize(String path) {
        echoAndHello();
        Page page = open(path, twiceAsLarge());
        assertThat(page.locator("main")).isVisible();
        assertThat(wider(page)).isFalse();
        assertThat(overlapping(page)).isFalse();
        accessible(page);
        picture(page, "zoomed" + path.replace('/', '-').replaceAll("-$", ""), ColorScheme.LIGHT, 720);
    }

    @Test
    void theFormCanBeFilledAndSentAtTwiceTheSize() {
        Page page = open("/", twiceAsLarge());
        page.keyboard().press("n");
        page.getByLabel("Name").fill("meter");
        page.getByLabel("Listen on").fill("127.0.0.1:0");
        page.locator("sb-endpoint-form .primary").click();
        assertThat(page.locator("sb-endpoint-form dialog")).not().isVisible();
        assertThat(api().get()
                        .uri("/api/endpoints/meter")
                        .retrieve()
                        .body(Map.class)
                        .get("state"))
                .isEqualTo("listening");
    }

    @Test
    void textGrowsWithTheSizeThatTheReaderChose() {
        Page page = open("/");
        double before = size(page);
        page.evaluate("document.documentElement.style.setProperty('font-size', '32px')");
        assertThat(size(page)).isEqualTo(2 * before);
    }

    private static double size(Page page) {
        return ((Number) page.evaluate("parseFloat(getComputedStyle(document.querySelector('sb-endpoints')).fontSize)"))
                .doubleValue();
    }

    /** Whether the table, or what stands in its place, reaches over what is below it. */
    private static boolean overlapping(Page page) {
        return (boolean) page.evaluate("""
                () => {
                  const table = document.querySelector('sb-table').getBoundingClientRect();
                  const empty = document.querySelector('sb-table .empty')?.getBoundingClientRect() ?? table;
                  const below = document.querySelector('sb-inspector').getBoundingClientRect();
                  return table.height < 100 || empty.bottom > table.bottom + 1 || table.bottom > below.top + 1;
                }""");
    }

    private static boolean wider(Page page) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }
}
