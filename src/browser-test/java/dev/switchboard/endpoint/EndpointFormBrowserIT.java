package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

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

        assertThat(page.getByLabel("Listen on")).hasAccessibleDescription(Pattern.compile("^bind\\(.*in use"));
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
        assertThat(entry(page, "meter")).not().isVisible();
        assertThat(page.locator("sb-table .empty")).containsText("No endpoint yet");
    }

    @Test
    void asksAClientWhereToConnectFromAndKeepsThat() {
        String address = endpoint(Map.of("name", "far", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        Page page = open("/");
        page.keyboard().press("n");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("TCP client"))
                .check();
        page.getByLabel("Connect to").fill(address);
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByLabel("Connect from")).hasValue("");
        page.getByLabel("Connect from").fill("127.0.0.1:0");
        submit(page).click();
        assertThat(entry(page, "client")).containsText("connected");

        button(page, "Edit").click();
        assertThat(page.getByLabel("Connect from")).hasValue("127.0.0.1:0");
        page.getByText("Echo each frame").click();
        submit(page).click();
        assertThat(page.locator("sb-endpoints .details")).containsText("echo");
        assertThat(api().get()
                        .uri("/api/endpoints/client")
                        .retrieve()
                        .body(JsonNode.class)
                        .get("bind")
                        .asString())
                .isEqualTo("127.0.0.1:0");
    }

    @Test
    void undoesADeletionAndSaysWhatDoesNotComeBack() throws IOException {
        String address = endpoint(Map.of("name", "dial", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        Map<String, Object> fixed =
                Map.of("bind", address, "name", "dial", "type", "tcp-server", "description", "lab 2");
        api().put()
                .uri("/api/endpoints/dial")
                .contentType(MediaType.APPLICATION_JSON)
                .body(fixed)
                .retrieve()
                .toBodilessEntity();
        try (Socket peer = new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))) {
            Page page = open("/?endpoint=dial");
            assertThat(page.locator("sb-endpoints .entry.connection")).isVisible();
            button(page, "Delete").click();
            assertThat(note(page)).containsText("dial deleted. 1 connection was closed, for good.");
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertThat(entry(page, "dial")).not().isVisible();

            note(page).locator(".undo").click();
            assertThat(note(page)).containsText("dial is back, listening at " + address);
            assertThat(entry(page, "dial")).isFocused();
            assertThat(page.locator("sb-endpoints .details")).containsText("lab 2");
            accessible(page);
        }
    }

    @Test
    void deletesSeveralInARowFromTheKeyboardAndBringsThemBack() {
        for (String name : List.of("amps", "ohms", "volts")) {
            endpoint(Map.of("name", name, "type", "udp", "bind", "127.0.0.1:0", "autoStart", !name.equals("ohms")));
        }
        Page page = open("/?endpoint=amps");
        button(page, "Delete").focus();
        page.keyboard().press("Enter");
        assertThat(entry(page, "ohms")).isFocused();
        page.keyboard().press("Enter");
        button(page, "Delete").focus();
        page.keyboard().press("Enter");
        assertThat(entry(page, "volts")).isFocused();
        assertThat(note(page)).hasCount(2);

        page.keyboard().press("u");
        assertThat(entry(page, "ohms")).containsText("stopped");
        page.keyboard().press("u");
        assertThat(entry(page, "amps")).containsText("bound");
        assertThat(entry(page, "amps")).isFocused();
    }

    @Test
    void aDeletionThatCannotBeUndoneIsSaidSo() {
        String address = endpoint(Map.of("name", "dial", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        api().delete().uri("/api/endpoints/dial").retrieve().toBodilessEntity();
        endpoint(Map.of("name", "dial", "type", "tcp-server", "bind", address));
        Page page = open("/?endpoint=dial");
        button(page, "Delete").click();
        assertThat(note(page)).containsText("dial deleted");
        endpoint(Map.of("name", "usurper", "type", "tcp-server", "bind", address));
        note(page).locator(".undo").click();
        assertThat(note(page)).containsText("dial could not be brought back");

        api().delete().uri("/api/endpoints/usurper").retrieve().toBodilessEntity();
        note(page).locator(".undo").click();
        assertThat(note(page)).containsText("dial is back");
    }

    @Test
    void deletesAndBringsBackFromAnEndpointsOwnPage() {
        endpoint(Map.of("name", "dial", "type", "tcp-server", "bind", "127.0.0.1:0"));
        Page page = open("/e/dial");
        page.locator("main > header .danger").click();
        assertThat(page.locator(".unknown")).containsText("There is no endpoint dial");
        assertThat(note(page).locator(".undo")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("main > header")).containsText("listening");
    }

    @Test
    void duplicatesAnEndpointUnderANameAndAPortOfItsOwn() {
        String address = endpoint(Map.of("name", "first", "type", "tcp-server", "bind", "127.0.0.1:0"))
                .get("localAddress")
                .asString();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        api().delete().uri("/api/endpoints/first").retrieve().toBodilessEntity();
        endpoint(Map.of(
                "name",
                "meter",
                "type",
                "tcp-server",
                "bind",
                address,
                "framing",
                Map.of("type", "crlf"),
                "onReceive",
                "echo"));
        Page page = open("/?endpoint=meter");
        button(page, "Duplicate").click();
        assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("meter-copy");
        assertThat(page.getByLabel("Listen on")).hasValue("127.0.0.1:" + (port + 1));
        page.getByLabel("Listen on").fill("127.0.0.1:0");
        submit(page).click();
        assertThat(entry(page, "meter-copy")).containsText("listening");
        assertThat(page.locator("sb-endpoints .details")).containsText("CRLF");
        assertThat(page.locator("sb-endpoints .details")).containsText("echo");
    }

    private static Locator note(Page page) {
        return page.locator("sb-deleted .note");
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
