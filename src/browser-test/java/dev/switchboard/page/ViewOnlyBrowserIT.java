package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;

/** What the pages are for somebody who may only look. */
@TestPropertySource(properties = {"switchboard.access.token=acts", "switchboard.access.viewer-token=looks"})
class ViewOnlyBrowserIT extends PageInBrowser {

    @Override
    protected Optional<String> token() {
        return Optional.of("acts");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440, 900", "DARK, 1440, 900", "LIGHT, 900, 900", "LIGHT, 390, 844", "DARK, 390, 844"})
    void saysSoOnAllPagesAndHasNoFaultThatAxeFinds(ColorScheme theme, int width, int height) {
        traffic();
        Page live = open("/?endpoint=hello&token=looks", options(theme, width, height));
        assertThat(live).hasURL("/?endpoint=hello");
        assertThat(rows(live).filter(new Locator.FilterOptions().setHasText("temperature")))
                .hasCount(2);
        looksOnly(live);
        accessible(live);
        picture(live, "view-only-live", theme, width);
        rows(live)
                .filter(new Locator.FilterOptions().setHasText("temperature"))
                .first()
                .click();
        assertThat(live.locator("sb-hexdump")).containsText("74 65 6d 70");
        accessible(live);
        picture(live, "view-only-inspector", theme, width);

        live.navigate("/e/echo");
        assertThat(live.locator("sb-connections tbody tr").first()).isVisible();
        looksOnly(live);
        accessible(live);
        picture(live, "view-only-endpoint", theme, width);

        live.navigate("/history");
        assertThat(live.locator("sb-outcome")).containsText("all that match");
        looksOnly(live);
        accessible(live);
        picture(live, "view-only-history", theme, width);
    }

    @Test
    void saysWhatThereIsWhereThereIsNothing() {
        Page page = open("/?token=looks", options(ColorScheme.LIGHT, 1440, 900));
        assertThat(page.locator("sb-table .empty")).containsText("No endpoint yet");
        looksOnly(page);
        picture(page, "view-only-empty", ColorScheme.LIGHT, 1440);
        page.navigate("/history");
        assertThat(page.locator("sb-table .empty")).containsText("History is empty");
        looksOnly(page);
    }

    /** So a control that acts and is not marked as such is found, whatever it is. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/?endpoint=hello", "/?endpoint=spare", "/e/echo", "/e/spare", "/history"})
    void offersNothingThatAsksForAChange(String path) {
        traffic();
        endpoint(Map.of("name", "spare", "type", "tcp-server", "bind", "127.0.0.1:0", "autoStart", false));
        Page page = open(path + (path.contains("?") ? "&" : "?") + "token=looks");
        assertThat(page.locator("header.bar .view-only")).isVisible();
        assertThat(page.locator("sb-endpoints .entry, sb-life-cycle svg, sb-histogram svg")
                        .first())
                .isVisible();
        if (!path.startsWith("/e/") && !path.contains("spare")) {
            rows(page)
                    .filter(new Locator.FilterOptions().setHasText("temperature"))
                    .first()
                    .click();
            assertThat(page.locator("sb-hexdump")).isVisible();
        }
        List<String> changes = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.method().equals("GET")) {
                changes.add(request.method() + " " + request.url());
            }
        });
        for (String key : new String[] {"n", "u", "r", "c"}) {
            page.keyboard().press(key);
        }
        assertThat(page.locator("dialog[open]")).hasCount(0);
        Object pressed = page.evaluate("""
                () => {
                  const buttons = [...document.querySelectorAll('button, input[type=file]')].filter(one => one.checkVisibility());
                  buttons.forEach(one => one.click());
                  return buttons.length;
                }""");
        assertThat((int) pressed).isGreaterThan(1);
        // What was asked for before is answered before this is.
        assertThat(page.evaluate("fetch('/api/endpoints').then(response => response.status)"))
                .isEqualTo(200);
        assertThat(changes).isEmpty();
    }

    @Test
    void offersEverythingToTheOperatorAtOnce() {
        traffic();
        Page page = open("/?endpoint=hello&token=looks");
        looksOnly(page);
        page.navigate("/?endpoint=hello&token=acts");
        assertThat(page.locator("sb-composer textarea")).isVisible();
        assertThat(page.locator(".view-only")).hasCount(0);
        assertThat(page.locator("sb-endpoint-actions button").first()).isVisible();
        page.keyboard().press("n");
        assertThat(page.locator("sb-endpoint-form dialog")).isVisible();
    }

    private static void looksOnly(Page page) {
        assertThat(page.locator("header.bar .view-only")).hasText("View only");
        assertThat(page.locator("header.bar .view-only")).isInViewport();
        assertThat(page.locator("[data-acts]:visible")).hasCount(0);
        for (String acts :
                new String[] {"New", "Stop", "Edit", "Duplicate", "Delete", "Reset", "Send", "Forget", "Import"}) {
            assertThat(page.locator("button:visible").filter(new Locator.FilterOptions().setHasText(acts)))
                    .hasCount(0);
        }
    }

    private void traffic() {
        echoAndHello();
        api().post()
                .uri("/api/endpoints/hello/messages")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("payload", "temperature=21.5", "awaitReply", "30s"))
                .retrieve()
                .toBodilessEntity();
    }
}
