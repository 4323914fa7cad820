package dev.switchboard.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.RawHttp.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WrongTriesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final WrongTries tries = new WrongTries(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void wrong(String address, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(tries.tried(address, false)).isZero();
        }
    }

    @Test
    void aBurstIsForgivenAndThenOneTryEveryThreeSeconds() {
        wrong("192.0.2.1", WrongTries.BURST - 1);
        assertThat(tries.tried("192.0.2.1", true)).isZero();
        wrong("192.0.2.1", 1);
        assertThat(tries.tried("192.0.2.1", true)).isEqualTo(Duration.ofSeconds(3));
        assertThat(tries.tried("192.0.2.1", false)).isEqualTo(Duration.ofSeconds(3));
        assertThat(tries.tried("192.0.2.2", true)).isZero();

        pass(Duration.ofSeconds(3));
        assertThat(tries.tried("192.0.2.1", true)).isZero();
        wrong("192.0.2.1", 1);
        assertThat(tries.tried("192.0.2.1", true)).isEqualTo(Duration.ofSeconds(3));

        pass(Duration.ofMinutes(1));
        wrong("192.0.2.1", WrongTries.BURST - 1);
        assertThat(tries.tried("192.0.2.1", true)).isZero();
    }

    @Test
    void anAddressOfSixteenBytesCountsWithItsNetwork() {
        for (int i = 0; i < WrongTries.BURST; i++) {
            wrong("2001:db8:1:2::" + Integer.toHexString(i), 1);
        }
        assertThat(tries.tried("2001:db8:1:2:ffff::1", true)).isPositive();
        assertThat(tries.tried("2001:db8:1:3::1", true)).isZero();
    }

    @Test
    void guessesMadeAtOnceAreNotMoreThanThoseMadeInARow() throws Exception {
        int guesses = 200;
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Duration>> waits = new ArrayList<>();
        try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < guesses; i++) {
                waits.add(guessers.submit(() -> {
                    start.await();
                    return tries.tried("192.0.2.1", false);
                }));
            }
            start.countDown();
        }
        assertThat(waits).filteredOn(wait -> wait.resultNow().isZero()).hasSize(WrongTries.BURST);
    }

    @Test
    void whoGuessesCanNotDoSoByMakingTheCookieOfAGuess() throws Exception {
        try (House house = House.open("switchboard.access.token=secret")) {
            RawHttp http = house.http();
            String[] cookie = http.get("/?token=secret").cookie().split("=");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("secret".getBytes(UTF_8), "HmacSHA256"));
            String made = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal("switchboard cookie".getBytes(UTF_8)));

            assertThat(http.get("/thing", cookie[0] + "=" + cookie[1]).status()).isEqualTo(200);
            assertThat(http.get("/thing", cookie[0] + "=" + made).status()).isEqualTo(401);
        }
    }

    @Test
    void whoGuessesIsMadeToWaitAndWhoHasTheCookieIsNot() throws IOException {
        try (House house = House.open("switchboard.access.token=secret")) {
            RawHttp http = house.http();
            String cookie = http.get("/?token=secret").cookie();
            for (int i = 0; i < WrongTries.BURST; i++) {
                assertThat(http.get("/thing", "Authorization: Bearer guess" + i).status())
                        .isEqualTo(401);
            }
            Response refused = http.get("/thing", "Authorization: Bearer secret");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(refused.body()).contains("wrong tokens").doesNotContain("secret");
            assertThat(http.get("/thing?token=secret").status()).isEqualTo(429);

            assertThat(http.get("/thing", cookie).status()).isEqualTo(200);
            assertThat(http.get("/thing").status()).isEqualTo(401);
            assertThat(http.get("/actuator/health").status()).isEqualTo(200);
        }
    }
}
