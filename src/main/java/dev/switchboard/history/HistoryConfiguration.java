package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    /** Of the heap: what is kept in memory may take one in so many bytes. */
    private static final int HEAP_SHARE = 4;

    /** @param dataDir the folder of all that is kept; traffic is in a folder of its own there */
    @Bean
    HistoryStore historyStore(
            Capture capture, HistoryProperties properties, @Value("${switchboard.data-dir:data}") Path dataDir) {
        return switch (properties.store()) {
            case DISK ->
                new DiskStore(
                        dataDir.resolve("history"),
                        properties.maxBytes().toBytes(),
                        properties.maxAge(),
                        properties.flushInterval(),
                        capture::now);
            case MEMORY -> {
                long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
                long bound = Math.min(properties.maxBytes().toBytes(), share);
                yield new MemoryStore(bound, properties.maxAge(), capture::now);
            }
        };
    }

    @Bean
    Recorder recorder(Capture capture, HistoryStore store) {
        return new Recorder(capture, store);
    }

    @Bean
    History history(Capture capture, Recorder recorder, HistoryStore store) {
        return new History(capture, recorder, store);
    }
}
