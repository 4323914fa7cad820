package dev.switchboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.json.JsonMapper;

/** Whatever a client says on {@code /ws/live}, it is understood or told why not, in a sentence of bounded length. */
public final class ClientMessageFuzz {

    private static final JsonMapper MAPPER = new JsonMapper();

    private ClientMessageFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String said = new String(input, UTF_8);
        try {
            ClientMessage message = ClientMessage.parse(said, MAPPER);
            if (message instanceof ClientMessage.Filter(var filter)) {
                filter.contains().forEach(pattern -> pattern.foundIn(input, 0, input.length));
            }
        } catch (ClientMessage.Unintelligible e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(said.length() + 200);
        }
    }
}
