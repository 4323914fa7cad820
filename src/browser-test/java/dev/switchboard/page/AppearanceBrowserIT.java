package dev.switchboard.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;

/** How the page looks, in both themes and three widths, and whether those can use it who don't see it so. */
class AppearanceBrowserIT extends PageInBrowser {

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
        Page page = busy(theme, width, height);
        accessible(page);
        picture(page, "live", theme, width);

        rows(page)
                .filter(new Locator.FilterOptions().setHasText("temperature"))
                .first()
                .click();
        assertThat(page.locator("sb-hexdump")).containsText("74 65 6d 70");
        accessible(page);
        picture(page, "inspector", theme, width);

        page.keyboard().press("4");
        assertThat(page.locator("sb-inspector dl")).isVisible();
        accessible(page);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void hasNoFaultInItsDialogs(ColorScheme theme) {
        Page page = busy(theme, 1440, 900);
        page.keyboard().press("n");
        page.getByLabel("Listen on").fill("nowhere");
        page.locator("sb-endpoint-form .primary").click();
        assertThat(page.getByLabel("Listen on")).hasAttribute("aria-invalid", "true");
        accessible(page);
        picture(page, "form", theme, 1440);
        page.keyboard().press("Escape");
        assertThat(page.locator("sb-endpoint-form dialog")).not().isVisible();

        page.keyboard().press("?");
        assertThat(page.locator("sb-help dialog")).isVisible();
        accessible(page);
        picture(page, "help", theme, 1440);
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "900, 900"})
    void saysSoOnSmallerScreensToo(int width, int height) {
        Page page = open("/", options(ColorScheme.LIGHT, width, height));
        assertThat(page.locator("sb-table .empty")).containsText("No endpoint yet");
        assertThat(page.locator("sb-table .empty .primary")).isInViewport();
        accessible(page);
        picture(page, "empty", ColorScheme.LIGHT, width);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void saysWhatToDoWhereThereIsNothing(ColorScheme theme) {
        Page page = open("/", options(theme, 1440, 900));
        assertThat(page.locator("sb-table .empty")).containsText("No endpoint yet");
        accessible(page);
        picture(page, "empty", theme, 1440);

        String address = endpoint(Map.of("name", "meter", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        page.locator("sb-endpoints .entry")
                .filter(new Locator.FilterOptions().setHasText("meter"))
                .click();
        assertThat(page.locator("sb-table .empty .command")).containsText("nc 127.0.0.1 " + address.split(":")[1]);
        assertThat(page.locator("sb-endpoints .details")).containsText(address);
        accessible(page);
        picture(page, "listening", theme, 1440);
    }

    @Test
    void turnsThroughTheThemesAndRemembersTheOneChosen() {
        Page page = open("/", options(ColorScheme.LIGHT, 1440, 900));
        Locator toggle = page.locator("sb-theme button");
        assertThat(toggle).hasText(Pattern.compile("as the system"));
        String light = background(page);
        toggle.click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        toggle.click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(background(page)).isNotEqualTo(light);

        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        toggle.click();
        assertThat(toggle).hasText(Pattern.compile("as the system"));
        assertThat(background(page)).isEqualTo(light);
    }

    @Test
    void keepsEndpointsInADrawerWhereThereIsNoRoom() {
        Page page = busy(ColorScheme.LIGHT, 390, 844);
        Locator drawer = page.locator("#endpoints");
        assertThat(drawer).not().isVisible();
        page.locator("button.menu").click();
        assertThat(drawer).isVisible();
        picture(page, "drawer", ColorScheme.LIGHT, 390);
        accessible(page);
        drawer.locator(".entry")
                .filter(new Locator.FilterOptions().setHasText("hello"))
                .first()
                .click();
        assertThat(drawer).not().isVisible();
        assertThat(page).hasURL(Pattern.compile("endpoint=hello"));

        page.locator(".sheet-tab").last().click();
        assertThat(page.locator("sb-composer textarea")).isVisible();
        picture(page, "composer", ColorScheme.LIGHT, 390);
        accessible(page);
    }

    @Test
    void leavesOutMovementForThoseWhoAskForIt() {
        Page page = open("/", options(ColorScheme.LIGHT, 390, 844).setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator("#endpoints")).hasCSS("transition-duration", Pattern.compile("0s(, 0s)*"));
    }

    @Test
    void singleKeysCanBeSwitchedOff() {
        Page page = open("/");
        page.keyboard().press("?");
        page.getByLabel("Single keys are on").uncheck();
        page.keyboard().press("Escape");
        page.keyboard().press("n");
        assertThat(page.locator("sb-endpoint-form dialog")).not().isVisible();
        page.reload();
        page.keyboard().press("n");
        assertThat(page.locator("sb-endpoint-form dialog")).not().isVisible();
    }

    @Test
    void swaggerUiWorksUnderItsPolicy() {
        Page page = open("/swagger-ui.html");
        assertThat(page.locator(".swagger-ui .opblock").first()).isVisible();
    }

    /** A proxy may have the whole of it under a path that it takes off. */
    @Test
    void swaggerUiCallsTheApiUnderTheAddressItWasReachedAt() {
        Page page = open("/swagger-ui.html");
        page.route(
                "**/board/**",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setResponse(route.fetch(new Route.FetchOptions()
                                .setUrl(route.request().url().replace("/board/", "/"))))));
        page.navigate("/board/swagger-ui/index.html");

        Locator call = page.locator("#operations-History-getHistory");
        call.locator(".opblock-summary-control").click();
        call.getByText("Try it out").click();
        call.getByText("Execute").click();
        assertThat(call.locator(".request-url")).containsText("/board/api/history");
        assertThat(call.locator(".live-responses-table tbody .response-col_status"))
                .containsText("200");
    }

    private Page busy(ColorScheme theme, int width, int height) {
        echoAndHello();
        endpoint(Map.of("name", "logs", "type", "udp", "bind", "127.0.0.1:0"));
        endpoint(Map.of("name", "spare", "type", "tcp-server", "bind", "127.0.0.1:0", "autoStart", false));
        say("PING", "GET /status", "{\"volts\": 229.8, \"amps\": 3.1}", "temperature=21.5");
        Page page = open("/", options(theme, width, height));
        assertThat(page.locator("sb-status .live")).isVisible();
        assertThat(rows(page).filter(new Locator.FilterOptions().setHasText("temperature")))
                .hasCount(4);
        return page;
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
    }

    private static String background(Page page) {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
