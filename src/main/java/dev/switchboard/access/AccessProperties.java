package dev.switchboard.access;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may use this process over HTTP.
 *
 * @param token what a caller has to know; none on loopback, made and printed otherwise
 * @param allowedHosts what the {@code Host} header of a request may say, without port; the names of loopback and of
 *     {@code server.address} by default
 */
@ConfigurationProperties("switchboard.access")
record AccessProperties(@Nullable String token, @Nullable List<String> allowedHosts) {

    static final String TOKEN = "switchboard.access.token";
    static final String ALLOWED_HOSTS = "switchboard.access.allowed-hosts";

    /** {@code token68} of RFC 9110 section 11.2: what a Bearer credential may consist of. */
    private static final Pattern TOKEN_68 = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    AccessProperties {
        if (token != null && token.isBlank()) {
            throw new IllegalArgumentException(
                    TOKEN + " is empty. Give it a value that is hard to guess, or leave it out.");
        }
        if (token != null && !TOKEN_68.matcher(token).matches()) {
            throw new IllegalArgumentException(TOKEN
                    + " has characters that an Authorization header can't carry. Use letters, digits and ._~+/- only.");
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

    /** Without the token, which must not get into logs. */
    @Override
    public String toString() {
        return "AccessProperties[token=%s, allowedHosts=%s]".formatted(token == null ? "none" : "given", allowedHosts);
    }
}
