package dev.switchboard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in memory of endpoints that were deleted. */
class ForgottenEndpointsTest {

    private static final int MANY = 200;

    /** What history, which has bounds of its own, holds of their lives; text, which is in it; the collector's gaps. */
    private static final Set<String> BOUNDED = Set.of(
            "dev.switchboard.traffic.LifeCycle",
            "dev.switchboard.history.Sums",
            "java.lang.String",
            "[B",
            "[Ljdk.internal.vm.FillerElement;");

    /** Each of them is a dozen beans, and each part of the framework may keep a list of those. */
    @Test
    void nothingIsKeptOfAnEndpointThatIsDeletedButItsHistory(@TempDir Path work) throws Exception {
        try (SwitchboardProcess process = SwitchboardProcess.start(work);
                Api api = Api.of(process)) {
            comeAndGo(api, "early");
            Map<String, Long> before = Proc.liveObjects(process.pid());
            comeAndGo(api, "late");
            Map<String, Long> after = Proc.liveObjects(process.pid());

            assertThat(before).containsKey("java.lang.String");
            Map<String, Long> grown = after.entrySet().stream()
                    .filter(now -> !BOUNDED.contains(now.getKey()))
                    .filter(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L) >= MANY)
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, now -> now.getValue() - before.getOrDefault(now.getKey(), 0L)));
            assertThat(grown).as("objects more after %d endpoints more", MANY).isEmpty();
        }
    }

    private static void comeAndGo(Api api, String name) throws Exception {
        for (int i = 0; i < MANY; i++) {
            String endpoint = name + "-" + i;
            api.make(Map.of("name", endpoint, "type", "tcp-server", "bind", "127.0.0.1:0", "onReceive", "echo"));
            api.drop(endpoint);
        }
    }
}
