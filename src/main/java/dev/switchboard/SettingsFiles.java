package dev.switchboard;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses to start when a file of settings is there and can't be read. It need not be there, so that a folder in its
 * place would pass for none: Docker makes one where it is to mount a file that is missing.
 */
final class SettingsFiles implements EnvironmentPostProcessor, Ordered {

    /** Where application.properties looks for them. */
    static final List<Path> PLACES = List.of(Path.of("/etc/switchboard/switchboard.yaml"), Path.of("switchboard.yaml"));

    /** Before they are read. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> refusals = PLACES.stream()
                .flatMap(place -> Optional.ofNullable(refusal(place)).stream())
                .toList();
        if (!refusals.isEmpty()) {
            throw new UnknownSettingsException(refusals);
        }
    }

    private static @Nullable String refusal(Path place) {
        Path file = place.toAbsolutePath();
        if (Files.isDirectory(file)) {
            return file + " is a folder, and should be a file with settings: Docker makes a folder where the file that"
                    + " it is to mount is missing";
        }
        // Neither there nor not there is what may not be looked for.
        if (Files.isReadable(file) || Files.notExists(file)) {
            return null;
        }
        return file + " may not be read by this process: it runs as " + System.getProperty("user.name")
                + ", who needs the right to";
    }
}
