package dev.switchboard.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.switchboard.page.PageInBrowser;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;

/** How the history page looks, in both themes and three widths, and whether those can use it who don't see it so. */
class HistoryAppearanceBrowserIT extends PageInBrowser {

    @ParameterizedTest
    @CsvSource({
        "LIGHT, 1440, 900",
        "DARK, 1440, 900",
        "LIGHT, 900, 900",
        "DARK, 900, 900",
        "LIGHT, 390, 844",
        "DARK, 390, 844"
    })
    void hasNoFaultThatAxeFinds(ColorScheme theme, int width, int height) {
        traffic();
        Page page = open("/history", options(theme, width, height));
        assertThat(page.locator("sb-table [role=row]").first()).isVisible();
        assertThat(page.locator("sb-histogram .plot")).isVisible();
        accessible(page);
        picture(page, "history", theme, width);

        BoundingBox area = page.locator("sb-histogram .area").boundingBox();
        page.mouse().move(area.x + area.width * 0.3, area.y + 30);
        page.mouse().down();
        page.mouse().move(area.x + area.width * 0.7, area.y + 30);
        page.mouse().up();
        rows(page).last().click();
        assertThat(page.locator("sb-hexdump .line").first()).isVisible();
        assertThat(page.locator("sb-outcome .export")).isVisible();
        accessible(page);
        picture(page, "history-brushed", theme, width);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoFaultInWhatItAsksAndSays(ColorScheme theme) {
        traffic();
        Page page = open("/favicon.ico", options(theme, 1440, 900));
        page.route("**/api/history", HistoryAppearanceBrowserIT::trouble);
        page.route("**/api/messages/summary?**", HistoryAppearanceBrowserIT::missing);
        page.navigate("/history?contains=volts");
        assertThat(page.locator("sb-notices [role=alert]")).isVisible();
        assertThat(page.locator("sb-histogram .missed-label").first()).containsText("not recorded");
        assertThat(page.locator("#histogram-words .bad")).containsText("412 frames not recorded");
        accessible(page);
        picture(page, "history-outage", theme, 1440);

        page.getByText("Forget…").click();
        assertThat(page.locator("sb-confirm dialog")).isVisible();
        accessible(page);
        picture(page, "history-forget", theme, 1440);
        page.keyboard().press("Escape");

        page.locator("sb-outcome input[type=file]")
                .setInputFiles(new FilePayload("Lab 2.pcapng", "application/octet-stream", new byte[2_345_678]));
        assertThat(page.locator("sb-import dialog")).isVisible();
        accessible(page);
        picture(page, "history-import", theme, 1440);
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("sb-help dialog")).isVisible();
        accessible(page);
        picture(page, "history-help", theme, 1440);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void saysWhatToDoWhereThereIsNothing(ColorScheme theme) {
        Page page = open("/history", options(theme, 1440, 900));
        assertThat(page.locator("sb-table .empty")).containsText("History is empty");
        accessible(page);
        picture(page, "history-empty", theme, 1440);
    }

    @Test
    void keepsItsPlaceInAWindowOfHalfTheSize() {
        traffic();
        // As at 200 % zoom in a window of 1440 × 900.
        Page page = open("/history", options(ColorScheme.LIGHT, 720, 450));
        Locator grid = page.locator("sb-table [role=grid]");
        assertThat(rows(page).first()).isVisible();
        grid.scrollIntoViewIfNeeded();
        Assertions.assertThat(grid.boundingBox().height).isGreaterThan(100);
        Assertions.assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(720);
        picture(page, "history", ColorScheme.LIGHT, 720);
    }

    /** Some seconds of talk, now more and now less of it. */
    private void traffic() {
        echoAndHello();
        for (int burst = 1; burst <= 12; burst++) {
            api().post()
                    .uri("/api/endpoints/hello/messages")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Map.of(
                            "payload",
                            "{\"volts\": 229.8, \"burst\": " + burst + "}",
                            "repeat",
                            ThreadLocalRandom.current().nextInt(5, 40),
                            "interval",
                            "5ms"))
                    .retrieve()
                    .toBodilessEntity();
        }
    }

    private static void trouble(Route route) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody("""
                {"store": "disk", "recording": false, "frames": 1204331, "bytes": 401233000, "maxBytes": 2000000000, "maxAge": "7d",
                 "outage": {"since": "2026-01-01T10:00:00.000000Z", "reason": "no space is left on the disk of /var/lib/switchboard", "framesLost": 2311},
                 "lastRun": "The last run ended without warning: what came in its last 500 ms may be missing.",
                 "oldest": "2026-01-01T09:00:00.000000Z", "newest": "2026-01-01T10:00:00.000000Z"}"""));
    }

    private static void missing(Route route) {
        StringBuilder buckets = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            int missed = i >= 40 && i < 48 ? 50 : i == 100 ? 12 : 0;
            int frames = missed > 0 ? 0 : 20 + (i * 37) % 50;
            buckets.append(i == 0 ? "" : ",")
                    .append(
                            "{\"at\": \"2026-01-01T09:00:00Z\", \"framesIn\": %d, \"bytesIn\": 100, \"framesOut\": %d, \"bytesOut\": 90, \"missed\": %d}"
                                    .formatted(frames, frames / 2, missed));
        }
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody("""
                {"framesIn": 5021, "bytesIn": 1203311, "framesOut": 2500, "bytesOut": 530000, "captureGap": 412, "complete": true, "searchedTo": null,
                 "since": "2026-01-01T08:00:00Z", "until": "2026-01-01T10:00:00Z", "buckets": [%s]}""".formatted(buckets)));
    }
}
