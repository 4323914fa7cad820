package dev.switchboard.access;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the process can be reached over HTTP and what has to be known there.
 *
 * @param tokens empty when nothing has to be known: only programs of this machine can come in, and no token was set
 */
record Entrance(BindAddress bind, Optional<Tokens> tokens) {

    /**
     * @param managementOnLoopback whether no management port of its own can be reached by other machines
     * @param dataDir where the key of cookies is kept when a token is set, whose cookies are good for longer than a run
     */
    static Entrance of(BindAddress bind, boolean managementOnLoopback, AccessProperties properties, Path dataDir) {
        // Where there are viewers, not everybody on this machine can be the operator any more.
        boolean anybody = bind.loopback() && managementOnLoopback && !properties.setsTokens();
        if (anybody) {
            return new Entrance(bind, Optional.empty());
        }
        CookieKey key = properties.setsTokens() ? CookieKey.keptIn(dataDir) : CookieKey.ofThisRun();
        return new Entrance(
                bind,
                Optional.of(new Tokens(
                        given(properties.token(), key).orElseGet(() -> AccessToken.random(key)),
                        given(properties.viewerToken(), key))));
    }

    private static Optional<AccessToken> given(@Nullable String token, CookieKey key) {
        return Optional.ofNullable(token).map(text -> AccessToken.of(text, key));
    }

    /** Whether a token that was set is short, and not only this machine can try. */
    boolean othersMayGuess() {
        return !bind.loopback()
                && tokens.stream()
                        .flatMap(both -> Stream.concat(Stream.of(both.operator()), both.viewer().stream()))
                        .anyMatch(AccessToken::isShort);
    }
}
