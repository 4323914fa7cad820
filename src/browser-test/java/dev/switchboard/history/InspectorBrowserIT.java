package dev.switchboard.history;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** What the page shows of one message: its bytes, what they stand for, and what they say. */
class InspectorBrowserIT extends PageInBrowser {

    @Test
    void readsOutTheBytesChosenWithTheMouse() {
        Page page = inspect("PING id=7".getBytes(StandardCharsets.US_ASCII), "hex");
        drag(page, 1, 2);
        assertThat(readout(page)).containsText("offset 1 0x1, 2 bytes");
        assertThat(number(page, "u16")).hasText("u1618766 BE20041 LE");
        assertThat(page.locator("sb-hexdump .as-text")).containsText("IN");

        drag(page, 7, 0);
        assertThat(readout(page)).containsText("offset 0 0x0, 8 bytes");
        assertThat(number(page, "u64")).containsText("5785241263727535165 BE");

        cell(page, 3).click();
        cell(page, 5).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        assertThat(readout(page)).containsText("offset 3 0x3, 3 bytes");
    }

    @Test
    void choosesAndCopiesBytesByKeyboardAlone() {
        Page page = inspect(new byte[] {0, (byte) 0xff, 0x41, 0x42}, "hex");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.keyboard().press("Enter");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(readout(page)).containsText("offset 1 0x1, 2 bytes");
        assertThat(number(page, "i16")).hasText("i16-191 BE16895 LE");
        page.keyboard().press("Control+c");
        assertThat(clipboard(page)).isEqualTo("ff 41");

        button(page, "C array").click();
        assertThat(button(page, "Copied")).isVisible();
        assertThat(clipboard(page)).isEqualTo("const unsigned char payload[2] = {\n  0xff, 0x41\n};\n");

        page.locator("sb-hexdump .scroller").focus();
        page.keyboard().press("Control+a");
        assertThat(readout(page)).containsText("4 bytes");
        page.keyboard().press("Escape");
        assertThat(readout(page)).hasCount(0);
        page.keyboard().press("Escape");
        assertThat(page.locator("sb-table [role=grid]")).isFocused();
    }

    @Test
    void readsTextInTheCharsetChosenAndRemembersIt() {
        Page page = inspect("0200 PAN [x]\u0085".getBytes(Charset.forName("IBM037")), "text");
        assertThat(page.locator("sb-inspector .charset .note")).containsText("Not valid UTF-8");
        page.getByLabel("Read as").selectOption("EBCDIC 037");
        assertThat(page.locator("sb-inspector .text")).containsText("0200 PAN [x]␤");
        page.reload();
        assertThat(page.locator("sb-inspector .text")).containsText("0200 PAN [x]␤");
    }

    @Test
    void leavesNoCharacterUnseen() {
        Page page = inspect("a\tb\u0007\u202ec\r\n".getBytes(StandardCharsets.UTF_8), "text");
        assertThat(page.locator("sb-inspector .text")).containsText("a\tb␇‹202E›c␍␊");
    }

    @Test
    void showsJsonAsATreeThatFolds() {
        Page page = inspect(
                "{\"volts\": 229.80, \"phases\": [{\"on\": true}, null], \"html\": \"<b>\"}"
                        .getBytes(StandardCharsets.UTF_8),
                "json");
        Locator tree = page.locator("sb-inspector .json");
        assertThat(tree).containsText("\"volts\": 229.80");
        assertThat(tree).containsText("\"<b>\"");
        assertThat(tree).not().containsText("\"on\"");
        tree.locator("summary", new Locator.LocatorOptions().setHasText("phases"))
                .click();
        tree.locator("summary", new Locator.LocatorOptions().setHasText("1 member"))
                .click();
        assertThat(tree).containsText("\"on\": true");
    }

    @Test
    void saysWhereJsonIsBroken() {
        Page page = inspect("{\"volts\": 229,8}".getBytes(StandardCharsets.UTF_8), "json");
        assertThat(page.locator("sb-inspector .note"))
                .hasText("Not JSON. Line 1, column 15: A name in double quotes is missing.");
        assertThat(page.locator("sb-inspector mark")).hasText("8");
    }

    @Test
    void staysQuickWithAMegabyteOfJson() throws IOException {
        JsonNode server = endpoint(
                Map.of("name", "bulk", "type", "tcp-server", "bind", "127.0.0.1:0", "framing", Map.of("type", "json")));
        String json = "[" + "{\"n\": 123456},".repeat(70_000) + "0]";
        String address = server.get("localAddress").asString();
        try (Socket peer = new Socket("127.0.0.1", Integer.parseInt(address.split(":")[1]))) {
            peer.getOutputStream().write(json.getBytes(StandardCharsets.US_ASCII));
            Page page = open("/?tab=json");
            page.locator("sb-table .message").first().click();
            assertThat(page.locator("sb-inspector .json").first()).containsText("[ 70,001 items ]");
            button(page, "Show 100 more of 69,901").click();
            assertThat(button(page, "Show 100 more of 69,801")).isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "LIGHT, 900", "LIGHT, 390", "DARK, 390"})
    void hasNoFaultThatAxeFinds(ColorScheme theme, int width) {
        message("{\"volts\": 229.8, \"phases\": [1, 2, {\"on\": true}], \"note\": \"line 2\"}"
                .getBytes(StandardCharsets.UTF_8));
        Page page = open("/history", options(theme, width, 900));
        rows(page).first().click();
        assertThat((Boolean)
                        page.locator("sb-inspector .what").evaluate("what => what.scrollWidth <= what.clientWidth"))
                .isTrue();
        drag(page, 2, 5);
        picture(page, "inspector-hex", theme, width);
        accessible(page);
        page.keyboard().press("2");
        accessible(page);
        page.keyboard().press("3");
        assertThat(page.locator("sb-inspector .json").first()).containsText("volts");
        accessible(page);
        picture(page, "inspector-json", theme, width);
        page.navigate("/?message=" + page.url().replaceAll(".*message=(\\d+).*", "$1"));
        drag(page, 1, 8);
        picture(page, "inspector-live", theme, width);
        accessible(page);
    }

    private Page inspect(byte[] payload, String tab) {
        message(payload);
        Page page = open("/?tab=" + tab);
        page.locator("sb-table .message").first().click();
        assertThat(page.locator("sb-inspector .title .what")).isVisible();
        return page;
    }

    /** Has the bytes sent, as one datagram. */
    private void message(byte[] payload) {
        endpoint(Map.of("name", "udp", "type", "udp", "bind", "127.0.0.1:0", "remote", "127.0.0.1:9"));
        api().post()
                .uri("/api/endpoints/udp/messages")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(payload)
                .retrieve()
                .toBodilessEntity();
    }

    private static void drag(Page page, int from, int to) {
        BoundingBox first = cell(page, from).boundingBox();
        BoundingBox last = cell(page, to).boundingBox();
        page.mouse().move(first.x + 4, first.y + first.height / 2);
        page.mouse().down();
        page.mouse().move(last.x + 4, last.y + last.height / 2, new Mouse.MoveOptions().setSteps(4));
        page.mouse().up();
    }

    private static Locator cell(Page page, int at) {
        return page.locator("sb-hexdump .hex [data-at='" + at + "']");
    }

    private static Locator readout(Page page) {
        return page.locator("sb-hexdump .readout [role=status]");
    }

    private static Locator number(Page page, String type) {
        return page.locator("sb-hexdump .numbers > div")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator("dt", new Page.LocatorOptions().setHasText(type))))
                .first();
    }

    private static Locator button(Page page, String name) {
        return page.locator("sb-inspector").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static String clipboard(Page page) {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }
}
