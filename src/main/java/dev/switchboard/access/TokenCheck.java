package dev.switchboard.access;

import java.time.Duration;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Tells by the token who asks. Nothing that comes from an address which guesses counts for a while. */
final class TokenCheck implements AuthenticationManager {

    private final Tokens tokens;
    private final WrongTries tries = new WrongTries(System::nanoTime);

    TokenCheck(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(Authentication asking) throws AuthenticationException {
        if (!(asking instanceof PresentedToken presented)) {
            return asking;
        }
        Optional<Role> role = tokens.roleOfToken(presented.getCredentials());
        Duration pause = tries.tried(presented.getPrincipal(), role.isPresent());
        if (pause.isPositive()) {
            throw new TooManyTriesException(1 + pause.toSeconds());
        }
        return role.map(Caller::new).orElseThrow(() -> new BadCredentialsException("a wrong token"));
    }

    /** The address presented too many wrong tokens. */
    static final class TooManyTriesException extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        private final long seconds;

        TooManyTriesException(long seconds) {
            super("too many wrong tokens");
            this.seconds = seconds;
        }

        /** After which it may try again. */
        long seconds() {
            return seconds;
        }
    }
}
