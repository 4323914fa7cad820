package dev.switchboard.history;

import dev.switchboard.traffic.Capture;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    HistoryStore historyStore(Capture capture, HistoryProperties properties) {
        return new MemoryStore(properties.memoryBytes(), properties.maxAge(), capture::now);
    }

    @Bean
    Recorder recorder(Capture capture, HistoryStore store) {
        return new Recorder(capture, store);
    }

    @Bean
    History history(Capture capture, Recorder recorder, HistoryStore store, HistoryProperties properties) {
        return new History(capture, recorder, store, properties.queryTimeout());
    }
}
