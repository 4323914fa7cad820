package dev.switchboard.live;

import java.net.URI;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Where a client of {@code /ws/live} wants to begin: {@code ?since=&epoch=}.
 *
 * @param after with what has greater ids; {@link Long#MAX_VALUE} for what comes from now on
 * @param complaint what could not be understood; empty when nothing
 */
record LiveStart(long after, String complaint) {

    private static final LiveStart NOW = new LiveStart(Long.MAX_VALUE, "");

    /** Ids of another run of the process are no place to begin: then it is now, and the client sees another epoch. */
    static LiveStart of(URI uri, String currentEpoch) {
        MultiValueMap<String, String> query =
                UriComponentsBuilder.fromUri(uri).build().getQueryParams();
        String since = query.getFirst("since");
        String epoch = query.getFirst("epoch");
        if (since == null || since.isEmpty() || (epoch != null && !epoch.isEmpty() && !epoch.equals(currentEpoch))) {
            return NOW;
        }
        try {
            return new LiveStart(Long.parseLong(since), "");
        } catch (NumberFormatException e) {
            return new LiveStart(
                    Long.MAX_VALUE, "since must be the id of a message or the \"to\" of a batch; beginning with now");
        }
    }
}
