package dev.switchboard.access;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use this process over HTTP.
 *
 * @param token what a caller has to know to do everything; none on loopback, made and printed otherwise. Made and
 *     printed on loopback too when there is a viewer token
 * @param viewerToken what a caller has to know who sees everything and changes nothing; none by default
 * @param allowedHosts what the {@code Host} header of a request may say, without port; the names of loopback and of
 *     {@code server.address} by default
 */
@ConfigurationProperties("switchboard.access")
record AccessProperties(
        @Nullable String token,
        @Nullable String viewerToken,
        @Nullable List<String> allowedHosts) {

    static final String TOKEN = "switchboard.access.token";
    static final String VIEWER_TOKEN = "switchboard.access.viewer-token";
    static final String ALLOWED_HOSTS = "switchboard.access.allowed-hosts";

    /** {@code token68} of RFC 9110 section 11.2: what a Bearer credential may consist of. */
    private static final Pattern TOKEN_68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    AccessProperties {
        check(TOKEN, token);
        check(VIEWER_TOKEN, viewerToken);
        if (token != null && token.equals(viewerToken)) {
            throw new IllegalArgumentException(
                    "%s and %s are the same, so that viewers could do everything. Give them different values."
                            .formatted(TOKEN, VIEWER_TOKEN));
        }
        if (allowedHosts != null) {
            allowedHosts =
                    allowedHosts.stream().map(AccessProperties::checkedHost).toList();
            if (allowedHosts.isEmpty()) {
                throw new IllegalArgumentException(ALLOWED_HOSTS
                        + " is empty, so that nobody could ask. List the names to answer to, or leave it out.");
            }
        }
    }

    boolean setsTokens() {
        return token != null || viewerToken != null;
    }

    private static void check(String property, @Nullable String token) {
        if (token != null && token.isBlank()) {
            throw new IllegalArgumentException(
                    property + " is empty. Give it a value that is hard to guess, or leave it out.");
        }
        if (token != null && !TOKEN_68.matcher(token).matches()) {
            throw new IllegalArgumentException(property
                    + " has characters that an Authorization header can't carry. Use letters, digits and ._~+/- only.");
        }
    }

    /** An IPv6 address in brackets, as in a Host header; anything else as it was given. */
    private static String checkedHost(String text) {
        boolean bareIpv6 = text.chars().filter(c -> c == ':').count() > 1 && !text.startsWith("[");
        String host = bareIpv6 ? "[" + text + "]" : text;
        if (Authority.parse(host).filter(authority -> !authority.hasPort()).isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is not the name of a host. Write it like example.org, 192.168.1.7 or [::1], without scheme and port."
                            .formatted(ALLOWED_HOSTS, text));
        }
        return host;
    }

    /** Without the tokens, which must not get into logs. */
    @Override
    public String toString() {
        return "AccessProperties[token=%s, viewerToken=%s, allowedHosts=%s]"
                .formatted(givenOrNone(token), givenOrNone(viewerToken), allowedHosts);
    }

    private static String givenOrNone(@Nullable String token) {
        return token == null ? "none" : "given";
    }
}
