package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    /** Of the heap: what is kept in memory may take one in so many bytes. */
    private static final int HEAP_SHARE = 4;

    @Bean
    HistoryStore historyStore(Capture capture, HistoryProperties properties) {
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return new MemoryStore(Math.min(properties.maxBytes().toBytes(), share), properties.maxAge(), capture::now);
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
