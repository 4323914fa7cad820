package dev.switchboard;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Has Spring Boot name a property under {@code switchboard.} that can't be used, its value, what it may be and where it
 * stands. Records of properties say themselves what is out of range; what could not even be converted is said here.
 */
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

    /** What stands before anything else in a sentence about a value out of range. */
    private static final Pattern PROPERTY = Pattern.compile("switchboard(\\.[a-z-]+(\\[\\d+])?)+");

    private final Environment environment;

    UnreadableSettingAnalyzer(Environment environment) {
        this.environment = environment;
    }

    /** Before Spring Boot's own, which speak of classes. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!cause.getName().toString().startsWith("switchboard")) {
            return null;
        }
        String outOfRange = outOfRange(cause);
        String sentence;
        if (cause.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
            sentence = withoutTheOnesBefore(unbound);
        } else if (outOfRange == null) {
            sentence = unreadable(cause);
        } else {
            sentence = outOfRange + where(origin(outOfRange));
        }
        return new FailureAnalysis(sentence, UnknownSettingsAnalyzer.ACTION, cause);
    }

    /** All names are known by now, so what is left over is an entry of a list. */
    private static String withoutTheOnesBefore(UnboundConfigurationPropertiesException unbound) {
        return unbound.getUnboundProperties().stream()
                .map(
                        property -> "There is " + property.getName() + where(property.getOrigin())
                                + " and none with the number before: the entries of a list are numbered from 0 on, without a gap")
                .collect(Collectors.joining("\n"));
    }

    private @Nullable Origin origin(String sentence) {
        Matcher named = PROPERTY.matcher(sentence);
        if (!named.lookingAt()) {
            return null;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(named.group());
        Origin origin = origin(name);
        // The entries of a list may be written in one, with commas.
        return origin == null && name.isLastElementIndexed() ? origin(name.getParent()) : origin;
    }

    private @Nullable Origin origin(ConfigurationPropertyName name) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(name);
            if (property != null) {
                return property.getOrigin();
            }
        }
        return null;
    }

    private static String where(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    /** What a record of properties said of a value that it does not take. */
    private static @Nullable String outOfRange(BindException cause) {
        for (Throwable reason = cause.getCause(); reason != null; reason = reason.getCause()) {
            if (reason instanceof IllegalArgumentException
                    && String.valueOf(reason.getMessage()).startsWith("switchboard.")) {
                return reason.getMessage();
            }
        }
        return null;
    }

    private static String unreadable(BindException cause) {
        if (NestedExceptionUtils.getMostSpecificCause(cause) instanceof ArithmeticException) {
            return "A length of time under " + cause.getName() + " is longer than can be counted";
        }
        ConfigurationProperty property = cause.getProperty();
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        String value = property == null ? "what it is" : "\"" + property.getValue() + "\"";
        String where = where(property == null ? null : property.getOrigin());
        return cause.getName() + " must be " + kind(type) + ", not " + value + where;
    }

    private static String kind(Class<?> type) {
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "a whole number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a length of time, such as 500ms, 5s or 1h";
        }
        if (type == DataSize.class) {
            return "a size, such as 512KB, 4MB or 2GB";
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        return "something else";
    }
}
