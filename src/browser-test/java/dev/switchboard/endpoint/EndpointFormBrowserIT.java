package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.page.PageInBrowser;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Making, changing and removing endpoints on the page. */
class EndpointFormBrowserIT extends PageInBrowser {

    @Test
    void makesAnEndpointAndShowsItListening() {
        Page page = open("/");
        page.keyboard().press("n");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("meter");
        page.getByLabel("Framing").selectOption("crlf");
        submit(page).click();

        assertThat(dialog(page)).not().isVisible();
        assertThat(entry(page, "meter")).containsText("TCP server, listening");
        assertThat(entry(page, "meter")).hasAttribute("aria-current", "true");
        assertThat(page).hasURL(Pattern.compile("endpoint=meter"));
    }

    @Test
    void saysBesideTheFieldThatThePortIsWrong() {
        Page page = open("/");
        page.keyboard().press("n");
        Locator bind = page.getByLabel("Listen on");
        bind.fill("127.0.0.1:99999");
        submit(page).click();

        assertThat(bind).hasAttribute("aria-invalid", "true");
        assertThat(bind).isFocused();
        assertThat(bind).hasAccessibleDescription(Pattern.compile("65535"));

        bind.fill("127.0.0.1:0");
        submit(page).click();
        assertThat(dialog(page)).not().isVisible();
    }

    @Test
    void saysBesideTheFieldThatTheNameIsTaken() {
        endpoint(Map.of("name", "meter", "type", "udp", "bind", "127.0.0.1:0"));
        Page page = open("/");
        page.keyboard().press("n");
        Locator name = page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true));
        name.fill("meter");
        submit(page).click();

        assertThat(name).hasAttribute("aria-invalid", "true");
        assertThat(name).hasAccessibleDescription(Pattern.compile("meter"));
    }

    @Test
    void saysBesideTheFieldThatThePortIsTaken() {
        String taken = endpoint(Map.of("name", "first", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        Page page = open("/");
        page.keyboard().press("n");
        page.getByLabel("Listen on").fill(taken);
        submit(page).click();

        assertThat(page.getByLabel("Listen on")).hasAccessibleDescription(Pattern.compile("taken|in use"));
    }

    @Test
    void asksOnlyForWhatTheTypeNeeds() {
        Page page = open("/");
        page.keyboard().press("n");
        assertThat(page.getByLabel("Framing")).isVisible();

        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("UDP socket"))
                .check();
        assertThat(page.getByLabel("Bind to")).isVisible();
        assertThat(page.getByLabel("Framing")).not().isVisible();

        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("TCP client"))
                .check();
        assertThat(page.getByLabel("Connect to")).isVisible();
        assertThat(page.getByLabel("Listen on")).not().isVisible();
        page.getByLabel("Framing").selectOption("delimiter");
        assertThat(page.getByLabel("Delimiter")).isVisible();
    }

    @Test
    void changesStopsStartsAndDeletesAnEndpoint() {
        endpoint(Map.of("name", "meter", "type", "tcp-server", "bind", "127.0.0.1:0"));
        Page page = open("/?endpoint=meter");

        button(page, "Edit").click();
        page.getByText("Echo each frame").click();
        submit(page).click();
        assertThat(page.locator("sb-endpoints .details")).containsText("echo");

        button(page, "Stop").click();
        assertThat(entry(page, "meter")).containsText("stopped");
        button(page, "Start").first().click();
        assertThat(entry(page, "meter")).containsText("listening");

        button(page, "Delete").click();
        page.getByRole(AriaRole.DIALOG).getByText("Cancel").click();
        assertThat(entry(page, "meter")).isVisible();
        button(page, "Delete").click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        assertThat(entry(page, "meter")).not().isVisible();
        assertThat(page.locator("sb-table .empty")).containsText("No endpoint yet");
    }

    private static Locator dialog(Page page) {
        return page.locator("sb-endpoint-form dialog");
    }

    private static Locator submit(Page page) {
        return dialog(page).locator(".primary");
    }

    private static Locator entry(Page page, String name) {
        return page.locator("sb-endpoints .entry")
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static Locator button(Page page, String name) {
        return page.locator("sb-endpoints")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
