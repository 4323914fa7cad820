package dev.switchboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Has Spring Boot say which file of settings is no YAML, and where, instead of a stack trace. */
final class BrokenYamlAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException cause) {
        String file = SettingsFiles.PLACES.stream()
                .filter(BrokenYamlAnalyzer::broken)
                .map(place -> place.toAbsolutePath().toString())
                .findFirst()
                .orElse("A file with settings");
        String line = cause.getProblemMark() == null
                ? ""
                : ", line " + (cause.getProblemMark().getLine() + 1) + ", column "
                        + (cause.getProblemMark().getColumn() + 1);
        return new FailureAnalysis(
                file + line + " is no YAML: " + cause.getProblem(), UnknownSettingsAnalyzer.ACTION, cause);
    }

    /** What went wrong does not say in which of them. */
    private static boolean broken(Path place) {
        if (!Files.isReadable(place)) {
            return false;
        }
        try {
            new YamlPropertySourceLoader().load("again", new FileSystemResource(place));
            return false;
        } catch (MarkedYAMLException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
