package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Follows traffic in a terminal for a while, now quickly and now slowly, and leaves in the middle of it. */
final class StreamReaders implements Trouble {

    @Override
    public void once(Field field) throws Exception {
        boolean slow = field.random().nextBoolean();
        HttpRequest request =
                field.api().request("/api/stream?format=ndjson").GET().build();
        HttpResponse<InputStream> answer = field.api().exchange(request, HttpResponse.BodyHandlers.ofInputStream());
        Wrong.unless(answer.statusCode() == 200, "the stream was answered with %d", answer.statusCode());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < (slow ? 20 : 2_000) && !field.isOver(); i++) {
                String line = lines.readLine();
                Wrong.unless(
                        line != null && line.startsWith("{") && line.endsWith("}"), "the stream has a line '%s'", line);
                field.tally().checked.increment();
                if (slow) {
                    Slowness.of(Duration.ofMillis(50));
                }
            }
        }
    }
}
