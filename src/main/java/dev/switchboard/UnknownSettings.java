package dev.switchboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses to start with a property under {@code switchboard.} that is none: a typo in a bound would leave it as it was,
 * and nobody would know.
 *
 * <p>Of variables of the environment and system properties only those are refused that are nearly a property, for
 * others put some there, too: Kubernetes has several for each service, and one may be called switchboard.
 */
final class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(UnknownSettings.class);
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("switchboard");
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("SWITCHBOARD_(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_\\d+_(TCP|UDP).*)");

    private static final Set<String> OF_THE_SYSTEM = Set.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

    /** Of one that is nearly a property, at the most so many letters differ. */
    private static final int NEARLY = 2;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        KnownSettings known = KnownSettings.read();
        List<String> unknown = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(context.getEnvironment())) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(name -> OURS.isAncestorOf(name) && !known.has(name.toString()))
                        .flatMap(name -> refusal(iterable, name, known).stream())
                        .distinct()
                        .forEach(unknown::add);
            }
        }
        if (!unknown.isEmpty()) {
            throw new UnknownSettingsException(unknown);
        }
    }

    private static Optional<String> refusal(
            IterableConfigurationPropertySource source, ConfigurationPropertyName name, KnownSettings known) {
        KnownSettings.Nearest nearest = known.nearest(name.toString());
        if (isSharedWithOthers(source) && nearest.distance() > NEARLY) {
            log.debug("{} of {} is not for us", name, source.getUnderlyingSource());
            return Optional.empty();
        }
        if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
            String variable = name.toString().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
            return OF_KUBERNETES.matcher(variable).matches()
                    ? Optional.empty()
                    : Optional.of("There is no property for the variable " + variable + ": did you mean "
                            + KnownSettings.variable(nearest.name()) + "?");
        }
        Origin origin = Origin.from(source.getConfigurationProperty(name));
        return Optional.of("There is no property " + name + (origin == null ? "" : " (" + origin + ")")
                + ": did you mean " + nearest.name() + "?");
    }

    private static boolean isSharedWithOthers(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && OF_THE_SYSTEM.contains(underlying.getName());
    }
}
