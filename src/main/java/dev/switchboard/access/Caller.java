package dev.switchboard.access;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Whoever asks, once it is known in which role. All with one role are one caller: there are no users. */
final class Caller extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final Role role;

    Caller(Role role) {
        super(role.authorities());
        this.role = role;
        setAuthenticated(true);
    }

    Role role() {
        return role;
    }

    @Override
    public String getPrincipal() {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** None: what was presented is forgotten as soon as it was compared. */
    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
