package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryProperties.class)
@Import({MessageController.class, EventController.class, HistoryController.class})
class HistoryConfiguration {

    /** @param dataDir the folder of all that is kept; traffic is in a folder of its own there. Null if it is empty */
    @Bean
    HistoryStore historyStore(
            Capture capture,
            HistoryProperties properties,
            @Value("${switchboard.data-dir:data}") @Nullable Path dataDir) {
        return switch (properties.store()) {
            case DISK -> {
                DiskStore store = new DiskStore(
                        Objects.requireNonNullElse(dataDir, Path.of("data")).resolve("history"),
                        properties.maxBytes().toBytes(),
                        properties.maxAge(),
                        properties.flushInterval(),
                        capture::now,
                        capture::goOnAfter);
                capture.goOnAfter(store.bounds().newest());
                yield store;
            }
            case MEMORY -> new MemoryStore(properties.memoryBytes(), properties.maxAge(), capture::now);
        };
    }

    @Bean
    Recorder recorder(Capture capture, HistoryStore store) {
        return new Recorder(capture, store);
    }

    @Bean
    HistoryMetrics historyMetrics(Capture capture, Recorder recorder, HistoryStore store) {
        return new HistoryMetrics(capture, recorder, store);
    }

    @Bean
    StoreHealth storeHealthIndicator(HistoryStore store) {
        return new StoreHealth(store);
    }

    @Bean
    RecorderHealth recorderHealthIndicator(Recorder recorder) {
        return new RecorderHealth(recorder);
    }

    @Bean
    History history(Capture capture, Recorder recorder, HistoryStore store, HistoryProperties properties) {
        return new History(capture, recorder, store, properties.queryTimeout());
    }
}
