package dev.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CookieKeyTest {

    @TempDir
    Path data;

    @Test
    void isTheSameAfterARestartAndReadableByItsOwnerAlone() throws IOException {
        Path folder = data.resolve("made/when/missing");
        byte[] first = CookieKey.keptIn(folder).bytes();

        assertThat(CookieKey.keptIn(folder).bytes()).isEqualTo(first).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(CookieKey.FILE))))
                .isEqualTo("rw-------");
        assertThat(CookieKey.keptIn(data.resolve("other")).bytes()).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhereTheFileWasCutShort() throws IOException {
        byte[] first = CookieKey.keptIn(data).bytes();
        Files.write(data.resolve(CookieKey.FILE), new byte[3]);

        byte[] second = CookieKey.keptIn(data).bytes();
        assertThat(second).hasSize(32).isNotEqualTo(first);
        assertThat(CookieKey.keptIn(data).bytes()).isEqualTo(second);
    }

    @Test
    void isOfThisRunAndSaysSoWhereNothingCanBeKept(CapturedOutput output) throws IOException {
        Path file = Files.writeString(data.resolve("file"), "no folder");

        byte[] first = CookieKey.keptIn(file).bytes();
        assertThat(CookieKey.keptIn(file).bytes()).isNotEqualTo(first);
        assertThat(output).contains("can't be kept").contains("show their token again");
    }

    @Test
    void aBrowserNeedNotShowTheTokenAgainAfterARestartUnlessTheTokenIsAnother() throws IOException {
        String dataDir = "switchboard.data-dir=" + data;
        String value;
        try (House house = House.open(dataDir, "switchboard.access.token=acts")) {
            value = cookie(house.http().get("/?token=acts").cookie());
        }
        try (House house = House.open(dataDir, "switchboard.access.token=acts")) {
            assertThat(statusWith(house, value)).isEqualTo(200);
        }
        try (House house = House.open(dataDir, "switchboard.access.token=performs")) {
            assertThat(statusWith(house, value)).isEqualTo(401);
        }
        Files.delete(data.resolve(CookieKey.FILE));
        try (House house = House.open(dataDir, "switchboard.access.token=acts")) {
            assertThat(statusWith(house, value)).isEqualTo(401);
        }
    }

    private static String cookie(String header) {
        return header.substring(header.lastIndexOf('=') + 1);
    }

    /** The name of the cookie has the port in it, which here is another each time. */
    private static int statusWith(House house, String value) throws IOException {
        RawHttp http = house.http();
        return http.get("/thing", "Cookie: switchboard-" + http.port() + "=" + value)
                .status();
    }
}
