package dev.switchboard.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which names a request may have been sent to. A page of a stranger can have its own name resolve to this machine (DNS
 * rebinding), and then is of the same origin as we are for the browser; the Host header still says that name.
 */
final class AllowedHosts {

    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /** Any name is fine: a server on all addresses has names it can't know, and asks for a token. */
    private final boolean any;

    private final List<String> asWritten;
    private final Set<String> canonical;

    AllowedHosts(@Nullable List<String> configured, BindAddress bind) {
        any = configured == null && bind.wildcard();
        asWritten = configured == null ? namesOf(bind) : configured;
        canonical = asWritten.stream()
                .flatMap(host -> Authority.parse(host).stream())
                .map(Authority::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> namesOf(BindAddress bind) {
        List<String> names = new ArrayList<>(LOOPBACK);
        if (!names.contains(bind.host())) {
            names.add(bind.host());
        }
        return names;
    }

    /**
     * Why a request with this Host header gets no answer, in a sentence that names the way out. One without the header
     * gets it: browsers, which are what this is against, always send it.
     */
    Optional<String> refusal(@Nullable String header) {
        if (any || header == null || isAllowed(header)) {
            return Optional.empty();
        }
        return Optional.of(("The Host header says \"%s\", and this Switchboard answers to %s only."
                        + " Use one of these, or add the name to %s.")
                .formatted(header, String.join(", ", asWritten), AccessProperties.ALLOWED_HOSTS));
    }

    private boolean isAllowed(String header) {
        return Authority.parse(header)
                .map(Authority::host)
                .filter(canonical::contains)
                .isPresent();
    }
}
