package dev.switchboard.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Frames that were not recorded since room was last had, by endpoint. Guarded by the capture's lock. */
final class Missed {

    private final Map<String, Long> byEndpoint = new LinkedHashMap<>();

    void add(String endpoint, long frames) {
        if (frames > 0) {
            byEndpoint.merge(endpoint, frames, Long::sum);
        }
    }

    /** Tells each endpoint with its number, once. */
    void tell(ObjLongConsumer<String> listener) {
        Map<String, Long> told = new LinkedHashMap<>(byEndpoint);
        byEndpoint.clear();
        told.forEach(listener::accept);
    }
}
