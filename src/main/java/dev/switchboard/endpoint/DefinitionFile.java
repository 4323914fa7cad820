package dev.switchboard.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The endpoints that were made over the API, as a JSON file that a person can read. Replaced as a whole, so that
 * whatever happens either the old one or the new one is there. Any thread.
 */
final class DefinitionFile {

    private final Path path;
    private final JsonMapper json;

    DefinitionFile(Path dataDir, JsonMapper json) {
        this.path = dataDir.resolve("endpoints.json");
        this.json = json;
    }

    /**
     * What was written last; empty when nothing ever was.
     *
     * @throws IOException when the file is there and can't be read, with a message that says what to do
     */
    synchronized Optional<List<EndpointDefinition>> read() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            List<EndpointDefinition> read = json.readValue(path.toFile(), new TypeReference<>() {});
            if (read == null || read.contains(null)) {
                throw unusable("null stands where a definition should", null);
            }
            return Optional.of(read);
        } catch (UnrecognizedPropertyException e) {
            throw unusable("it has a field '" + e.getPropertyName() + "', which this version does not know", e);
        } catch (MismatchedInputException e) {
            TokenStreamLocation at = e.getLocation();
            String where = at == null ? "" : "at line " + at.getLineNr() + ", column " + at.getColumnNr() + " ";
            throw unusable("it should be a list of endpoints, and " + where + "stands something else", e);
        } catch (JacksonException e) {
            throw unusable(e.getOriginalMessage(), e);
        }
    }

    private IOException unusable(String why, @Nullable Exception cause) {
        return new IOException(path + " is not what Switchboard wrote (" + why + "): mend it, or move it away", cause);
    }

    synchronized void write(List<EndpointDefinition> definitions) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path fresh = path.resolveSibling("endpoints.json.new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(definitions));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
