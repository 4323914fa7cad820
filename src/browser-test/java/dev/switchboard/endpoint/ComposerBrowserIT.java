package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sending from the page, and what it shows of it. */
class ComposerBrowserIT extends PageInBrowser {

    @Test
    void sendsWithTheFirstClickAndShowsTheAnswer() {
        echoAndHello();
        Page page = open("/");
        assertThat(page.locator("sb-composer .to select")).hasValue(Pattern.compile("hello"));
        send(page).click();

        Locator hello = rows(page).filter(new Locator.FilterOptions().setHasText("hello"));
        assertThat(hello.filter(new Locator.FilterOptions().setHasText("PING")).filter(out()))
                .hasCount(1);
        assertThat(hello.filter(new Locator.FilterOptions().setHasText("PING")).filter(in()))
                .hasCount(1);
    }

    @Test
    void waitsForTheReplyAndLeadsToIt() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("what is this?");
        page.getByLabel("Wait for the reply").check();
        send(page).click();

        Locator outcome = page.locator("sb-composer .outcome");
        assertThat(outcome).containsText("Reply");
        assertThat(outcome).containsText("what is this?");
        outcome.getByRole(AriaRole.BUTTON).last().click();
        assertThat(page.locator("sb-inspector .title")).containsText("in");
        assertThat(page.locator("sb-inspector sb-hexdump")).containsText("77 68 61 74");
    }

    @Test
    void previewsTheBytesThatArriveAtThePeer() throws IOException {
        try (ServerSocket peer = new ServerSocket(0)) {
            endpoint(Map.of(
                    "name",
                    "out",
                    "type",
                    "tcp-client",
                    "remote",
                    "127.0.0.1:" + peer.getLocalPort(),
                    "framing",
                    Map.of("type", "stx-etx")));
            try (Socket socket = peer.accept()) {
                Page page = open("/?endpoint=out");
                page.getByText("Hex", new Page.GetByTextOptions().setExact(true))
                        .last()
                        .click();
                payload(page).fill("0x41, 42 ff");
                assertThat(page.locator("sb-composer .bytes .cell"))
                        .hasText(new String[] {"02·", "41A", "42B", "ff·", "03·"});
                send(page).click();

                assertThat(socket.getInputStream().readNBytes(5)).containsExactly(0x02, 0x41, 0x42, 0xff, 0x03);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheHexBeforeItIsSent() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        page.getByText("Hex", new Page.GetByTextOptions().setExact(true)).last().click();
        payload(page).fill("5g");

        assertThat(page.locator("#composer-preview")).containsText("not a hex digit");
        assertThat(send(page)).isDisabled();
    }

    @Test
    void asksForTheDestinationOfADatagramBesideItsField() {
        endpoint(Map.of("name", "udp", "type", "udp", "bind", "127.0.0.1:0"));
        Page page = open("/?endpoint=udp");
        send(page).click();
        assertThat(page.getByLabel("Destination")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("sb-composer .option .error")).isVisible();
    }

    @Test
    void theFocusStaysOnSend() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("once more");
        send(page).focus();
        for (int times = 1; times <= 2; times++) {
            page.keyboard().press("Enter");
            assertThat(rows(page)
                            .filter(new Locator.FilterOptions().setHasText("once more"))
                            .filter(in()))
                    .hasCount(times);
            assertThat(send(page)).isFocused();
        }
    }

    @Test
    void neverAimsAtAnotherPeerByItself() {
        echoAndHello();
        endpoint(Map.of("name", "pager", "type", "udp", "bind", "127.0.0.1:0"));
        Page page = open("/?endpoint=pager");
        payload(page).fill("for pager only");
        page.getByLabel("Destination").fill("127.0.0.1:9");
        send(page).click();
        assertThat(page.locator("sb-composer .outcome")).containsText("Sent 14 bytes");
        assertThat(target(page)).hasText("pager");
        api().delete().uri("/api/endpoints/pager").retrieve().toBodilessEntity();
        assertThat(page.locator("sb-composer .outcome")).containsText("There is no pager any more.");
        assertThat(target(page)).hasText("pager (gone)");
        assertThat(send(page)).isDisabled();
        payload(page).press("Control+Enter");

        page.locator("sb-composer .to select").selectOption(new SelectOption().setLabel("hello"));
        send(page).click();
        assertThat(page.locator("sb-composer .outcome")).containsText("Sent 14 bytes");
    }

    @Test
    void saysThatAConnectionIsNotKnown() {
        echoAndHello();
        Page page = open("/?endpoint=hello&connection=0-99");
        assertThat(page.locator("sb-composer .outcome")).containsText("#99 is gone.");
        assertThat(target(page)).hasText("#99 (gone)");
        assertThat(send(page)).isDisabled();
    }

    @ParameterizedTest
    @CsvSource({"1440", "1200", "900"})
    void sendStandsAtTheEndOfALine(int width) {
        echoAndHello();
        Page page = open("/?endpoint=hello", options(ColorScheme.LIGHT, width, 900));
        page.keyboard().press("c");
        assertThat(send(page)).isVisible();
        BoundingBox form = page.locator("sb-composer form").boundingBox();
        BoundingBox button = send(page).boundingBox();
        assertThat(form.x + form.width - button.x - button.width).isLessThan(32);
        assertThat(Math.abs(page.getByText("Copy as nc").boundingBox().y - button.y))
                .isLessThan(16);
    }

    @Test
    void copiesTheSameCallForTheShell() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("it's");
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.getByText("Copy as curl").click();
        assertThat(page.locator("sb-composer")).containsText("Copied");

        assertThat((String) page.evaluate("navigator.clipboard.readText()"))
                .contains("/api/endpoints/hello/messages")
                .contains("'{\"payload\":\"it'\\''s\"}'");
    }

    @Test
    void takesAMessageAsADraft() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("again");
        send(page).click();
        assertThat(rows(page)
                        .filter(new Locator.FilterOptions().setHasText("again"))
                        .filter(in()))
                .isVisible();
        rows(page)
                .filter(new Locator.FilterOptions().setHasText("again"))
                .filter(out())
                .first()
                .click();
        assertThat(page.locator("sb-hexdump")).containsText("61 67 61 69 6e");
        payload(page).fill("");
        page.keyboard().press("Escape");
        page.keyboard().press("r");

        assertThat(payload(page)).hasValue("again");
        assertThat(payload(page)).isFocused();
    }

    @Test
    void sendsAFileThatIsDroppedByteForByte() throws IOException {
        try (ServerSocket peer = new ServerSocket(0)) {
            endpoint(Map.of("name", "out", "type", "tcp-client", "remote", "127.0.0.1:" + peer.getLocalPort()));
            try (Socket socket = peer.accept()) {
                Page page = open("/?endpoint=out");
                page.locator("sb-composer").evaluate("""
                        composer => {
                          const dataTransfer = new DataTransfer();
                          const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7);
                          dataTransfer.items.add(new File([bytes], 'all.bin'));
                          const drop = type => composer.querySelector('textarea').dispatchEvent(
                            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
                          drop('dragover');
                          drop('drop');
                        }""");
                assertThat(page.locator("sb-composer .file")).containsText("all.bin");
                assertThat(page.locator("sb-composer .total")).hasText("100,000 bytes");
                assertThat(page.locator("sb-composer .cell").nth(1)).hasText("07·");
                send(page).click();
                assertThat(page.locator("sb-composer .outcome")).containsText("Sent 100,000 bytes");
                byte[] came = socket.getInputStream().readNBytes(100_000);
                for (int i = 0; i < came.length; i++) {
                    assertThat(came[i]).isEqualTo((byte) (i * 7));
                }
            }
        }
    }

    @Test
    void saysThatAFileIsTooLargeInTheServersWords() throws IOException {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        Path file = Files.createTempFile("large", ".bin");
        try {
            Files.write(file, new byte[40_000_000]);
            page.locator("sb-composer .choices")
                    .getByText("File", new Locator.GetByTextOptions().setExact(true))
                    .click();
            page.locator("sb-composer input[type=file]").setInputFiles(file);
            send(page).click();
            assertThat(page.locator("sb-composer .outcome .bad")).containsText("larger than the 33554432 bytes");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void endsLinesAsChosen() throws IOException {
        try (ServerSocket peer = new ServerSocket(0)) {
            endpoint(Map.of("name", "out", "type", "tcp-client", "remote", "127.0.0.1:" + peer.getLocalPort()));
            try (Socket socket = peer.accept()) {
                Page page = open("/?endpoint=out");
                payload(page).fill("GET / HTTP/1.0\n\n");
                page.getByLabel("Lines end with").selectOption("CR LF");
                send(page).click();
                assertThat(new String(socket.getInputStream().readNBytes(18), StandardCharsets.US_ASCII))
                        .isEqualTo("GET / HTTP/1.0\r\n\r\n");
            }
        }
    }

    @Test
    void stopsASeriesThatWouldGoOn() throws IOException {
        try (ServerSocket peer = new ServerSocket(0)) {
            endpoint(Map.of("name", "out", "type", "tcp-client", "remote", "127.0.0.1:" + peer.getLocalPort()));
            try (Socket socket = peer.accept()) {
                Page page = open("/?endpoint=out");
                payload(page).fill("tick");
                page.getByLabel("Times").fill("100000");
                page.getByLabel("Times").press("Tab");
                page.getByLabel("every").fill("2ms");
                send(page).click();
                assertThat(socket.getInputStream().readNBytes(8)).asString().isEqualTo("ticktick");
                assertThat(page.locator("sb-composer progress")).isVisible();
                page.locator("sb-composer").getByText("Stop").click();
                assertThat(page.locator("sb-composer .outcome")).containsText("Stopped.");
                assertThat(send(page)).hasText("Send");
                assertThat(page.locator("sb-composer .outcome"))
                        .containsText(
                                Pattern.compile("Sent [\\d,]+ bytes in [\\d,]+ messages, [\\d,]+ of 100,000 times"));
            }
        }
    }

    @Test
    void waitsForAReplyToEachAndCanStopWaiting() {
        echoAndHello();
        endpoint(Map.of("name", "mute", "type", "udp", "bind", "127.0.0.1:0", "remote", "127.0.0.1:9"));
        Page page = open("/?endpoint=hello");
        payload(page).fill("ping");
        page.getByLabel("Wait for the reply").check();
        page.getByLabel("Times").fill("3");
        page.getByLabel("Times").press("Tab");
        page.getByLabel("every").fill("10ms");
        send(page).click();
        assertThat(page.locator("sb-composer .reply")).containsText("3 replies, the last");
        assertThat(page.locator("sb-composer .reply code")).hasText("ping");

        page.navigate("/?endpoint=mute");
        page.getByLabel("Wait for the reply").check();
        page.getByLabel("How long to wait").fill("5m");
        send(page).click();
        page.locator("sb-composer").getByText("Stop").click();
        assertThat(page.locator("sb-composer .outcome")).containsText("Stopped waiting");
    }

    @Test
    void bringsBackWhatWasSent() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        for (String text : List.of("first", "second")) {
            payload(page).fill(text);
            send(page).click();
            assertThat(rows(page)
                            .filter(new Locator.FilterOptions().setHasText(text))
                            .filter(in()))
                    .isVisible();
        }
        payload(page).fill("");
        payload(page).press("ArrowUp");
        assertThat(payload(page)).hasValue("second");
        payload(page).press("ArrowUp");
        assertThat(payload(page)).hasValue("first");
        payload(page).press("ArrowDown");
        payload(page).press("ArrowDown");
        assertThat(payload(page)).hasValue("");

        page.reload();
        page.getByTitle("Sent before").click();
        assertThat(page.locator("sb-sent li")).hasCount(2);
        accessible(page);
        page.locator("sb-sent li button").last().click();
        assertThat(payload(page)).hasValue("first");

        page.getByTitle("Sent before").click();
        page.getByText("Forget all").click();
        assertThat(page.locator("sb-sent li")).hasText("Nothing yet.");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1440", "DARK, 1440", "DARK, 900", "LIGHT, 390"})
    void hasNoFaultThatAxeFinds(ColorScheme theme, int width) {
        echoAndHello();
        Page page = open("/?endpoint=hello", options(theme, width, 900));
        if (width < 1200) {
            page.locator(".sheet-tab").last().click();
        }
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("navigator.clipboard.writeText('0x50, 0x49, 0x4e, 0x47')");
        payload(page).fill("");
        payload(page).press("Control+v");
        page.getByLabel("Wait for the reply").check();
        send(page).click();
        assertThat(page.locator("sb-composer .reply code")).hasText("PING");
        accessible(page);
        picture(page, "composer-reply", theme, width);
        page.locator("sb-composer .choices")
                .getByText("File", new Locator.GetByTextOptions().setExact(true))
                .click();
        accessible(page);
        picture(page, "composer-file", theme, width);
    }

    private static Locator.FilterOptions out() {
        return new Locator.FilterOptions().setHasText("← out");
    }

    private static Locator.FilterOptions in() {
        return new Locator.FilterOptions().setHasText("→ in");
    }

    private static Locator target(Page page) {
        return page.locator("sb-composer .to option:checked");
    }

    private static Locator payload(Page page) {
        return page.locator("sb-composer textarea");
    }

    private static Locator send(Page page) {
        return page.locator("sb-composer .send");
    }
}
