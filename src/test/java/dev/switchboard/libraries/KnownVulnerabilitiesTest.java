package dev.switchboard.libraries;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Fails when what the jar is made of has a vulnerability that OSV knows, and OSV can be asked. */
class KnownVulnerabilitiesTest {

    private static final Path ALLOWED = Path.of(".ci/allowed-vulnerabilities.txt");

    @Test
    void noLibraryHasAVulnerabilityThatIsKnown() throws Exception {
        try (InputStream sbom = getClass().getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
            assumeTrue(sbom != null, "NOT CHECKED for known vulnerabilities: a build that is offline makes no SBOM");
            VulnerabilityCheck.check(
                    new JsonMapper().readTree(sbom),
                    new Osv(URI.create("https://api.osv.dev"), Duration.ofSeconds(10)),
                    AllowedVulnerabilities.read(Files.readAllLines(ALLOWED)),
                    LocalDate.now(ZoneOffset.UTC));
        } catch (TestAbortedException e) {
            // Maven shows why a test was skipped in its reports alone.
            System.out.println("[WARNING] " + e.getMessage());
            throw e;
        }
    }
}
