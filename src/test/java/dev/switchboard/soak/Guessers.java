package dev.switchboard.soak;

import dev.switchboard.process.Api;
import java.net.InetAddress;

/** Tries tokens, from an address of its own: nobody else must be slowed down by it. */
final class Guessers implements Trouble {

    private static final int TRIES = 10;

    @Override
    public void once(Field field) throws Exception {
        InetAddress elsewhere =
                InetAddress.getByName("127.0.0." + field.random().nextInt(100, 104));
        try (Api guesser =
                field.api().withToken("guess-" + Math.abs(field.random().nextInt()), elsewhere)) {
            for (int i = 0; i < TRIES && !field.isOver(); i++) {
                guesser.ask("GET", "/api/endpoints", 401, 429);
                field.tally().checked.increment();
            }
        }
        field.api().ask("GET", "/api/endpoints", 200);
    }
}
