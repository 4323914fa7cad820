package dev.switchboard.access;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where our sockets may connect and send. What is denied is denied even if it is allowed; when something is allowed,
 * nothing else is. The HTTP port of this process is denied in any case.
 *
 * @param deny ranges of addresses such as {@code 10.0.0.0/8}, {@code 192.168.1.7:22} or {@code [fe80::]/10:80};
 *     replaces the default, which is the link-local and cloud metadata addresses
 * @param allow ranges of addresses in the form of {@code deny}; when some are given nothing else may be reached
 */
@ConfigurationProperties("switchboard.egress")
record EgressProperties(
        @Nullable List<String> deny, @Nullable List<String> allow) {

    static final String DENY = "switchboard.egress.deny";
    static final String ALLOW = "switchboard.egress.allow";

    /**
     * Link-local addresses (RFC 3927, RFC 4291), among them the metadata services of the usual clouds, and those that
     * are not link-local: of EC2 and Google Cloud over IPv6, and of Alibaba Cloud.
     */
    private static final List<String> DENIED_BY_DEFAULT =
            List.of("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "fd20:ce::254/128", "100.100.100.200/32");

    EgressProperties {
        parsed(DENY, deny == null ? List.of() : deny);
        if (allow != null) {
            if (allow.isEmpty()) {
                throw new IllegalArgumentException(
                        ALLOW + " is empty. List what may be reached, or leave the property out to allow everything.");
            }
            parsed(ALLOW, allow);
        }
    }

    boolean deniesByDefault() {
        return deny == null;
    }

    List<AddressRange> denied() {
        return parsed(DENY, deny == null ? DENIED_BY_DEFAULT : deny);
    }

    /** Empty when everything is allowed. */
    List<AddressRange> allowed() {
        return allow == null ? List.of() : parsed(ALLOW, allow);
    }

    private static List<AddressRange> parsed(String property, List<String> texts) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                ranges.add(AddressRange.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                // Without a cause, for a start that fails shows the message of the first cause only.
                throw new IllegalArgumentException("%s[%d]: %s".formatted(property, i, e.getMessage()));
            }
        }
        return List.copyOf(ranges);
    }
}
