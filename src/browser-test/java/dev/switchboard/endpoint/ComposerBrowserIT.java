package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sending from the page, and what it shows of it. */
class ComposerBrowserIT extends PageInBrowser {

    @Test
    void sendsWithTheFirstClickAndShowsTheAnswer() {
        echoAndHello();
        Page page = open("/");
        assertThat(page.locator("sb-composer select")).hasValue(Pattern.compile("hello"));
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

    private static Locator.FilterOptions out() {
        return new Locator.FilterOptions().setHasText("← out");
    }

    private static Locator.FilterOptions in() {
        return new Locator.FilterOptions().setHasText("→ in");
    }

    private static Locator payload(Page page) {
        return page.locator("sb-composer textarea");
    }

    private static Locator send(Page page) {
        return page.locator("sb-composer .send");
    }
}
