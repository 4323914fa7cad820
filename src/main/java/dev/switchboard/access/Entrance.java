package dev.switchboard.access;

import java.util.Optional;

/**
 * Where the process can be reached over HTTP and what has to be known there.
 *
 * @param token empty when nothing has to be known: only programs of this machine can come in, and no token was set
 */
record Entrance(BindAddress bind, Optional<AccessToken> token) {

    static Entrance of(BindAddress bind, AccessProperties properties) {
        if (properties.token() != null) {
            return new Entrance(bind, Optional.of(AccessToken.of(properties.token())));
        }
        return new Entrance(bind, bind.loopback() ? Optional.empty() : Optional.of(AccessToken.random()));
    }
}
