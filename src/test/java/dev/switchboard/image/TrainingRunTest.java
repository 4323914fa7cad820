package dev.switchboard.image;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TrainingRunTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Test
    void everythingThatIsTrainedWorks() {
        assertThatCode(() -> TrainingRun.main(new String[] {
                    JAVA,
                    "--enable-native-access=ALL-UNNAMED",
                    "-classpath",
                    System.getProperty("java.class.path"),
                    "dev.switchboard.Switchboard"
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void anApplicationThatDoesNotStartIsAFailure() {
        assertThatThrownBy(() -> TrainingRun.main(new String[] {JAVA, "-version"}))
                .hasMessage("it ended before it was ready");
    }
}
