package dev.switchboard.access;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who has which role: whoever knows its token. Immutable.
 *
 * @param viewer empty when nobody only looks
 */
record Tokens(AccessToken operator, Optional<AccessToken> viewer) {

    /** The role of whoever presents this as a token. */
    Optional<Role> roleOfToken(String presented) {
        return role(token -> token.isToken(presented));
    }

    /** The role of whoever presents this as the cookie that a token was traded for. */
    Optional<Role> roleOfCookie(String presented) {
        return role(token -> token.isCookie(presented));
    }

    /** Both are compared, so that the time it takes does not tell which of them it was. */
    private Optional<Role> role(Predicate<AccessToken> isIt) {
        boolean looks = viewer.filter(isIt).isPresent();
        if (isIt.test(operator)) {
            return Optional.of(Role.OPERATOR);
        }
        return looks ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    String cookieOf(Role role) {
        return (role == Role.OPERATOR ? operator : viewer.orElseThrow()).cookie();
    }
}
