package dev.switchboard.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.framing.DecoderFuzz;
import dev.switchboard.framing.PayloadEncoding;
import dev.switchboard.history.FreshHistory;
import dev.switchboard.history.History;
import dev.switchboard.history.ImportTooLargeException;
import dev.switchboard.history.MessageFilter;
import dev.switchboard.traffic.EndpointNames;
import dev.switchboard.traffic.Frame;
import dev.switchboard.traffic.MessageView;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Any file given to the importer: it is taken in, and then history holds what the answer says and shows it; or it is
 * refused with a reason, and history holds nothing.
 *
 * <p>An input is the framing, what it needs to know, and the file.
 */
public final class ImportFuzz {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int MANY = 1_000_000;

    private ImportFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        History history = FreshHistory.make();
        Importer importer =
                new Importer(history, MAPPER, new StaticListableBeanFactory().getBeanProvider(EndpointNames.class));
        ByteArrayInputStream file = new ByteArrayInputStream(Arrays.copyOfRange(input, 2, input.length));
        long said;
        try {
            ImportedView view = importer.take("lab", DecoderFuzz.framing(input[0], input[1]), null, file);
            assertThat(view.endpoints()).allSatisfy(name -> assertThat(name).startsWith("lab"));
            said = view.frames();
        } catch (UnreadableImportException
                | TakenNameException
                | ImportTooLargeException
                | BoundedInput.OverException e) {
            assertThat(e.getMessage()).isNotBlank();
            said = 0;
        }
        List<Frame> found =
                history.messages(MessageFilter.ALL, Long.MAX_VALUE, MANY).items();
        found.forEach(frame -> MessageView.of(frame, PayloadEncoding.ESCAPED));
        FreshHistory.ask(history);
        assertThat(found).hasSize(Math.toIntExact(said));
    }
}
