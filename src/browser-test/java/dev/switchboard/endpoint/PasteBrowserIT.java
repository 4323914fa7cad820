package dev.switchboard.endpoint;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.switchboard.page.PageInBrowser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the composer makes of what is pasted into it. */
class PasteBrowserIT extends PageInBrowser {

    @Test
    void takesADumpForItsBytesAndCanUndoThat() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("");
        paste(page, "00000000  50 49 4e 47 20 31                                 |PING 1|\n00000006\n");
        assertThat(notice(page)).containsText("Understood as hexdump -C, 6 bytes.");
        assertThat(payload(page)).hasValue("50 49 4e 47 20 31");
        assertThat(page.locator("sb-composer .choices [aria-pressed=true]")).hasText("Hex");

        notice(page).getByText("Undo").click();
        assertThat(payload(page)).hasValue(Pattern.compile("^00000000  50 49"));
        assertThat(page.locator("sb-composer .choices [aria-pressed=true]")).hasText("Text");
        assertThat(notice(page)).isEmpty();
    }

    @Test
    void asksBeforeItTakesPlainWordsForBytes() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("");
        paste(page, "cafe0001");
        assertThat(payload(page)).hasValue("cafe0001");
        assertThat(notice(page)).containsText("This may be a hex stream, 4 bytes.");
        page.getByText("Take it as bytes").click();
        assertThat(payload(page)).hasValue("ca fe 00 01");

        payload(page).fill("");
        paste(page, "AAECA/8=");
        assertThat(page.locator("sb-composer textarea")).hasValue("AAECA/8=");
        page.getByText("Take it as bytes").click();
        assertThat(payload(page)).hasValue("00 01 02 03 ff");
    }

    @Test
    void saysWhereADumpIsBroken() {
        echoAndHello();
        Page page = open("/?endpoint=hello");
        payload(page).fill("");
        paste(page, "00000000: 5049 4e47  PING\n00000008: 4142  AB\n");
        assertThat(notice(page))
                .containsText("This looks like xxd, but: Line 2, column 1: this line begins at 00000008");
        assertThat(payload(page)).hasValue("00000000: 5049 4e47  PING\n00000008: 4142  AB\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xxd",
                "xxd -u -g1",
                "xxd -c 8",
                "xxd -b",
                "xxd -i",
                "xxd -p",
                "hexdump -C",
                "od -A x -t x1z",
                "od -A x -t x1 -v",
                "od -t x1 -v"
            })
    void readsWhatTheProgramsThemselvesPrint(String command) throws IOException, InterruptedException {
        String program = command.split(" ")[0];
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is not installed");
        Page page = open("/");
        Random random = new Random(command.hashCode());
        for (int length : new int[] {1, 7, 8, 9, 15, 16, 17, 32, 33, 100, 500}) {
            for (boolean plain : new boolean[] {true, false}) {
                byte[] bytes = new byte[length];
                for (int i = 0; i < length; i++) {
                    bytes[i] = (byte) (plain ? "dead beef 0123 |>\n".charAt(random.nextInt(18)) : random.nextInt(256));
                }
                String printed = printed(command, bytes);
                Object read = page.evaluate("""
                        async text => {
                          const { bytes, error } = (await import('/app/framing/dump.js')).readDump(text);
                          return error ?? Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
                        }""", printed);
                assertThat(read).as(printed).isEqualTo(HexFormat.of().formatHex(bytes));
            }
        }
    }

    private static String printed(String command, byte[] bytes) throws IOException, InterruptedException {
        Path file = Files.createTempFile("payload", ".bin");
        try {
            Files.write(file, bytes);
            var words = new ArrayList<>(List.of(command.split(" ")));
            words.add(file.toString());
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(process.waitFor()).as(printed).isZero();
            return printed;
        } finally {
            Files.delete(file);
        }
    }

    private static void paste(Page page, String text) {
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        page.evaluate("text => navigator.clipboard.writeText(text)", text);
        payload(page).press("Control+v");
    }

    private static Locator payload(Page page) {
        return page.locator("sb-composer textarea");
    }

    private static Locator notice(Page page) {
        return page.locator("sb-composer .notice");
    }
}
