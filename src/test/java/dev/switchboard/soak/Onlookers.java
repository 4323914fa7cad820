package dev.switchboard.soak;

import dev.switchboard.process.Wrong;
import java.util.List;

/** Asks for all that can be asked for: lists, sums, health, metrics, the page. */
final class Onlookers implements Trouble {

    private static final List<String> PATHS = List.of(
            "/",
            "/history",
            "/e/echo-lf",
            "/v3/api-docs",
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/info",
            "/actuator/prometheus",
            "/api/history",
            "/api/endpoints",
            "/api/connections?limit=200",
            "/api/connections?state=open&endpoint=echo-raw",
            "/api/events?limit=200",
            "/api/events?endpoint=flood",
            "/api/messages?limit=200",
            "/api/messages?limit=100&contains=line&direction=in",
            "/api/messages?limit=100&containsHex=6c696e65&endpoint=udp",
            "/api/messages/summary?buckets=100",
            "/api/messages/summary?endpoint=echo-lf&buckets=50");

    @Override
    public void once(Field field) throws Exception {
        for (String path : PATHS) {
            if (!field.isOver()) {
                field.api().ask("GET", path, 200);
                field.tally().checked.increment();
            }
        }
        Wrong.unless(
                field.api().get("/actuator/health").path("status").asString().equals("UP"), "health is not UP");
        Wrong.unless(field.api().get("/api/history").path("recording").asBoolean(), "traffic is not being recorded");
    }
}
