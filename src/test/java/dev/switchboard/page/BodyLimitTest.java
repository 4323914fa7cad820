package dev.switchboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class BodyLimitTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private static MockMvc with(BodyBounds bounds) {
        return with(bounds, Duration.ZERO);
    }

    /** @param step what passes between one look at the clock and the next */
    private static MockMvc with(BodyBounds bounds, Duration step) {
        AtomicLong now = new AtomicLong();
        return MockMvcBuilders.standaloneSetup(new Reading())
                .setControllerAdvice(new Problems())
                .addFilters(new BodyLimit(bounds, () -> now.getAndAdd(step.toNanos())))
                .build();
    }

    @RestController
    static class Reading {

        @PostMapping({"/api/length", "/api/messages/import"})
        int length(@RequestBody byte[] body) throws IOException {
            return body.length;
        }
    }

    @Test
    void aBodyMayBeAsLargeAsTheBoundAndNoLarger() throws Exception {
        MockMvc http = with(new BodyBounds(1000, 0, 1000));
        http.perform(post("/api/length").content(new byte[1000]))
                .andExpect(content().string("1000"));
        http.perform(post("/api/length").content(new byte[1001]))
                .andExpect(status().is(413))
                .andExpect(header().string("Content-Type", "application/problem+json"))
                .andExpect(content().string(containsString("switchboard.max-request-size")));
        http.perform(post("/api/messages/import").content(new byte[5000]))
                .andExpect(content().string("5000"));
    }

    @Test
    void whatAllHoldIsBoundedAndFreeAgainOnceARequestIsOver() throws Exception {
        BodyBounds bounds = new BodyBounds(1000, 0, 1500);
        MockMvc http = with(bounds);
        for (int i = 0; i < 3; i++) {
            http.perform(post("/api/length").content(new byte[800]))
                    .andExpect(content().string("800"));
        }
        bounds.count(800, 800, SOON);
        http.perform(post("/api/length").content(new byte[800]))
                .andExpect(status().is(429))
                .andExpect(content().string(containsString("1500 bytes")));
        http.perform(post("/api/messages/import").content(new byte[800]))
                .andExpect(content().string("800"));
        bounds.release(800);
        http.perform(post("/api/length").content(new byte[800]))
                .andExpect(content().string("800"));
    }

    @Test
    void whatWasRefusedIsReleasedToTheByte() throws Exception {
        BodyBounds bounds = new BodyBounds(1000, 0, 1500);
        MockMvc http = with(bounds);
        for (int i = 0; i < 20; i++) {
            // Of a length that is not said, so that it is found out while it is read.
            http.perform(post("/api/length").content(new byte[1200]).header("Content-Length", "-1"))
                    .andExpect(status().is(413));
        }
        bounds.count(800, 800, SOON);
        http.perform(post("/api/length").content(new byte[800])).andExpect(status().is(429));
    }

    @Test
    void aBodyThatTricklesIsGivenUpAndAnImportToo() throws Exception {
        MockMvc http = with(new BodyBounds(1000, 10, 1000), Duration.ofMinutes(1));
        for (String path : new String[] {"/api/length", "/api/messages/import"}) {
            http.perform(post(path).content(new byte[100]))
                    .andExpect(status().is(408))
                    .andExpect(content().string(containsString("switchboard.min-request-rate")));
        }
    }

    @Test
    void theRateCountsOnAverageAndAfterAWhileOnly() {
        BodyBounds bounds = new BodyBounds(Long.MAX_VALUE, 1024, Long.MAX_VALUE);
        assertThatCode(() -> bounds.count(1, 1, BodyBounds.GRACE)).doesNotThrowAnyException();
        assertThatCode(() -> bounds.count(1024, 1, BodyBounds.GRACE.plusSeconds(1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> bounds.count(1023, 1, BodyBounds.GRACE.plusSeconds(1)))
                .isInstanceOfSatisfying(
                        BodyRefusedException.class,
                        refused -> assertThat(refused.status().value()).isEqualTo(408));
        // At its end nobody minds how long it took.
        assertThatCode(() -> bounds.count(1023, 0, BodyBounds.GRACE.plusSeconds(1)))
                .doesNotThrowAnyException();
        assertThatCode(() -> new BodyBounds(10, 0, 10).count(1, 1, Duration.ofDays(1)))
                .doesNotThrowAnyException();
    }
}
