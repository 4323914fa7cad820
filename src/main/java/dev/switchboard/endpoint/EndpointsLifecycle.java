package dev.switchboard.endpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Brings endpoints back when the process starts, once all else runs, and stops them before all else when it ends: those
 * declared in the configuration, those made over the API, and on a first start a few to begin with.
 */
final class EndpointsLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EndpointsLifecycle.class);

    private final Endpoints endpoints;
    private final DefinitionFile file;
    private final EndpointProperties properties;
    private final SilentConnections silent;
    private volatile boolean running;

    EndpointsLifecycle(
            Endpoints endpoints, DefinitionFile file, EndpointProperties properties, SilentConnections silent) {
        this.endpoints = endpoints;
        this.file = file;
        this.properties = properties;
        this.silent = silent;
    }

    @Override
    public void start() {
        running = true;
        silent.begin();
        declared();
        Optional<List<EndpointDefinition>> kept = kept();
        if (kept.isPresent()) {
            kept.get().forEach(this::bringBack);
        } else if (properties.starter()) {
            Starter.definitions(properties.starterAddress()).forEach(this::bringBack);
            endpoints.keep("starter");
        }
    }

    private void declared() {
        List<EndpointDefinition> definitions = properties.endpoints();
        for (int i = 0; i < definitions.size(); i++) {
            try {
                endpoints.addOrFail(EndpointSpecs.read(definitions.get(i)), true);
            } catch (RefusedException e) {
                throw new UnusableSettingsException("switchboard.endpoints[" + i + "]: " + e.getMessage(), e);
            }
        }
    }

    private Optional<List<EndpointDefinition>> kept() {
        try {
            return file.read();
        } catch (IOException e) {
            throw new UnusableSettingsException(String.valueOf(e.getMessage()), e);
        }
    }

    private void bringBack(EndpointDefinition definition) {
        try {
            endpoints.addOrFail(EndpointSpecs.read(definition), false);
        } catch (RefusedException e) {
            log.error("endpoint '{}' does not come back: {}", definition.name(), e.getMessage());
            endpoints.setAside(definition);
        }
    }

    @Override
    public void stop() {
        silent.end();
        endpoints.shutdown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
