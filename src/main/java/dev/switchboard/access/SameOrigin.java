package dev.switchboard.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Keeps pages of others from using the browser of someone who may use us: what changes state, and WebSocket handshakes
 * (which browsers allow across origins, RFC 6455 section 10.2), must come from a page of ours when they come from a
 * page. Browsers say so in the Origin header, which a page can neither forge nor leave out there; other clients send
 * none.
 */
final class SameOrigin {

    /** Methods that change nothing (RFC 9110 section 9.2.1). The answer to them stays unreadable across origins. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** An origin as browsers write it (RFC 6454 section 6.2). Others, such as {@code null}, are nobody's. */
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]+)");

    private SameOrigin() {}

    /** Why the request gets no answer, in a sentence that names the way out. */
    static Optional<String> refusal(HttpServletRequest request) {
        if (isPartOfAnothersPage(request)) {
            return Optional.of("The request was made by a page that is not of this Switchboard. Others may link here,"
                    + " but load nothing from here.");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || (isSafe(request) && !isWebSocketHandshake(request))) {
            return Optional.empty();
        }
        String host = request.getHeader(HttpHeaders.HOST);
        if (isOrigin(origin, host)) {
            return Optional.empty();
        }
        return Optional.of(
                ("The request comes from a page of %s, and only pages of this Switchboard (here %s) may change"
                                + " anything or open a WebSocket. Behind a proxy, have it pass on the Host header as it came.")
                        .formatted(origin, host));
    }

    /**
     * What another's page loads it can't read, but many exports or streams at once leave no room for others. Browsers
     * that have Sec-Fetch-Site (Fetch Metadata) send it to loopback and over TLS; a link that is followed is fine.
     */
    private static boolean isPartOfAnothersPage(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean another = "cross-site".equals(site) || "same-site".equals(site);
        boolean link = isSafe(request)
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        return another && !link;
    }

    /**
     * The scheme only tells which port is meant when there is none: a proxy in front of us may speak TLS where we
     * don't.
     */
    private static boolean isOrigin(String origin, @Nullable String host) {
        Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        if (host == null || !parts.matches()) {
            return false;
        }
        int usual = parts.group(1).equals("https") ? 443 : 80;
        Optional<Authority> theirs = Authority.parse(parts.group(2));
        Optional<Authority> ours = Authority.parse(host);
        return theirs.isPresent()
                && ours.isPresent()
                && theirs.get().host().equals(ours.get().host())
                && theirs.get().portOr(usual) == ours.get().portOr(usual);
    }

    /** Whether it asks for nothing to change. Not so for what is said on a WebSocket afterwards. */
    static boolean isSafe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    static boolean isWebSocketHandshake(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.UPGRADE)).stream()
                .anyMatch(upgrade -> upgrade.toLowerCase(Locale.ROOT).contains("websocket"));
    }
}
