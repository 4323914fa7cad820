package dev.switchboard.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.KeyboardModifier;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Choosing several rows, and carrying them away on the clipboard. */
class ChosenRowsBrowserIT extends PageInBrowser {

    private static final String LINES =
            "one\ntwo \"2\" \\ 2\nthree " + "long ".repeat(100) + "\nfour \u0001\u00ff\nfive\n";

    @ParameterizedTest
    @ValueSource(strings = {"/?direction=in&endpoint=lines", "/history?direction=in&endpoint=lines"})
    void copiesWhatTheExportGives(String path) throws IOException {
        try (Socket peer = peer()) {
            write(peer);
            Page page = open(path);
            assertThat(message(page, "five")).isVisible();
            message(page, "one").click();
            message(page, "five").click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
            assertThat(bar(page)).containsText("5 rows chosen");

            String export = api().get()
                    .uri("/api/messages/export?format=ndjson&direction=in&endpoint=lines")
                    .retrieve()
                    .body(String.class);
            assertThat(copied(page, "NDJSON", "Copied 5 rows.")).isEqualTo(export);
            assertThat(copied(page, "Hex", "Copied 5 rows."))
                    .contains("00000000  66 6f 75 72 20 01 c3 bf")
                    .contains("# ");
            assertThat(copied(page, "Text", "Copied 5 rows."))
                    .contains("three " + "long ".repeat(100))
                    .contains("four \\x01\\xc3\\xbf\n");
        }
    }

    @Test
    void choosesByKeyboardAsByMouse() throws IOException {
        try (Socket peer = peer()) {
            write(peer);
            Page page = open("/?direction=in&endpoint=lines");
            assertThat(message(page, "five")).isVisible();
            message(page, "two").click();
            page.keyboard().press("Shift+J");
            page.keyboard().press("Shift+ArrowDown");
            assertThat(selected(page)).hasCount(3);
            page.keyboard().press("Shift+K");
            assertThat(selected(page)).hasCount(2);
            message(page, "five").click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
            message(page, "two").click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
            assertThat(selected(page)).hasCount(2);
            assertThat(page.locator("sb-inspector .title")).containsText("4 bytes");

            page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            page.keyboard().press("Control+c");
            assertThat(bar(page)).containsText("Copied 2 rows.");
            assertThat(clipboard(page)).contains("three").contains("five").doesNotContain("two");

            page.keyboard().press("j");
            assertThat(selected(page)).hasCount(1);
            assertThat(bar(page)).isHidden();
            page.keyboard().press("Control+a");
            assertThat(bar(page)).containsText("rows chosen");
            page.keyboard().press("Escape");
            assertThat(selected(page)).hasCount(0);
        }
    }

    @Test
    void saysWhatIsTooMuchForAClipboard() throws IOException {
        try (Socket peer = peer()) {
            Page page = open("/?direction=in&endpoint=lines");
            assertThat(page.locator("sb-status .live")).isVisible();
            // No more at once than a batch of the live feed shows.
            for (int i = 0; i < 11; i++) {
                peer.getOutputStream()
                        .write(("line\n".repeat(99) + "end of " + i + ".\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(message(page, "end of " + i + ".")).isVisible();
            }
            page.locator("sb-table [role=grid]").focus();
            page.keyboard().press("Control+a");
            assertThat(bar(page)).containsText(Pattern.compile("1,1\\d\\d rows chosen"));
            String text = copied(page, "Text", "Copied the first 1,000 of ");
            assertThat(text.lines()).hasSize(1000);
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 900", "LIGHT, 390"})
    void hasNoFaultThatAxeFinds(ColorScheme theme, int width) throws IOException {
        try (Socket peer = peer()) {
            write(peer);
            Page page = open("/?endpoint=lines", options(theme, width, 900));
            assertThat(message(page, "five")).isVisible();
            page.locator("sb-table [role=grid]").focus();
            page.keyboard().press("Control+a");
            assertThat(bar(page)).containsText("rows chosen");
            accessible(page);
            picture(page, "chosen-rows", theme, width);
        }
    }

    private Socket peer() throws IOException {
        String address = endpoint(Map.of(
                        "name", "lines", "type", "tcp-server", "bind", "127.0.0.1:0", "framing", Map.of("type", "lf")))
                .get("localAddress")
                .asString();
        return new Socket("127.0.0.1", Integer.parseInt(address.split(":")[1]));
    }

    private static void write(Socket peer) throws IOException {
        peer.getOutputStream().write(LINES.getBytes(StandardCharsets.UTF_8));
    }

    private static String copied(Page page, String format, String said) {
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("navigator.clipboard.writeText('')");
        bar(page)
                .getByText(format, new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(bar(page)).not().containsText("Copying");
        assertThat(bar(page)).containsText(said);
        return clipboard(page);
    }

    private static String clipboard(Page page) {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    private static Locator message(Page page, String text) {
        return page.locator("sb-table .message").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator selected(Page page) {
        return page.locator("sb-table [aria-selected=true]");
    }

    private static Locator bar(Page page) {
        return page.locator("sb-chosen .chosen-bar");
    }
}
