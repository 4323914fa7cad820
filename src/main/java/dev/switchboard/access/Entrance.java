package dev.switchboard.access;

import java.util.Optional;

/**
 * Where the process can be reached over HTTP and what has to be known there.
 *
 * @param tokens empty when nothing has to be known: only programs of this machine can come in, and no token was set
 */
record Entrance(BindAddress bind, Optional<Tokens> tokens) {

    /** @param managementOnLoopback whether no management port of its own can be reached by other machines */
    static Entrance of(BindAddress bind, boolean managementOnLoopback, AccessProperties properties) {
        Optional<AccessToken> viewer =
                Optional.ofNullable(properties.viewerToken()).map(AccessToken::of);
        if (properties.token() != null) {
            return new Entrance(bind, Optional.of(new Tokens(AccessToken.of(properties.token()), viewer)));
        }
        // Where there are viewers, not everybody on this machine can be the operator any more.
        boolean anybody = bind.loopback() && managementOnLoopback && viewer.isEmpty();
        return new Entrance(bind, anybody ? Optional.empty() : Optional.of(new Tokens(AccessToken.random(), viewer)));
    }
}
