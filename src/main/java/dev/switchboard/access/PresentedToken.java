package dev.switchboard.access;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A token as a request presents it, right or wrong. */
final class PresentedToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final String from;

    /** @param from the address that presents it */
    PresentedToken(String text, String from) {
        super(AuthorityUtils.NO_AUTHORITIES);
        this.text = text;
        this.from = from;
    }

    @Override
    public String getCredentials() {
        return text;
    }

    @Override
    public String getPrincipal() {
        return from;
    }
}
