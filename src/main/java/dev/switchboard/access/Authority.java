package dev.switchboard.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code host[:port]} of a Host header (RFC 9110 section 7.2) or of an origin.
 *
 * @param host in lower case, without the trailing dot of a fully qualified name; an IPv6 literal in brackets and in one
 *     spelling
 * @param port 0–65535, or {@link #NO_PORT}
 */
record Authority(String host, int port) {

    static final int NO_PORT = -1;

    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:/?#@\\\\\\s]+)(?::(\\d{0,5}))?");

    static Optional<Authority> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String digits = parts.group(2);
        int port = digits == null || digits.isEmpty() ? NO_PORT : Integer.parseInt(digits);
        return port > 65_535 ? Optional.empty() : canonical(parts.group(1)).map(host -> new Authority(host, port));
    }

    private static Optional<String> canonical(String host) {
        if (!host.startsWith("[")) {
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            return name.isEmpty() ? Optional.empty() : Optional.of(name.toLowerCase(Locale.ROOT));
        }
        try {
            return Optional.of("["
                    + InetAddress.ofLiteral(host.substring(1, host.length() - 1))
                            .getHostAddress() + "]");
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean hasPort() {
        return port != NO_PORT;
    }

    int portOr(int otherwise) {
        return hasPort() ? port : otherwise;
    }
}
