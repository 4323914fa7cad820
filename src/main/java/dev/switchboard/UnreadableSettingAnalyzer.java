package dev.switchboard;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/**
 * Has Spring Boot name a property under {@code switchboard.} that can't be used, its value, what it may be and where it
 * stands. Records of properties say themselves what is out of range; what could not even be converted is said here.
 */
final class UnreadableSettingAnalyzer extends AbstractFailureAnalyzer<BindException> implements Ordered {

    /** Before Spring Boot's own, which speak of classes. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!cause.getName().toString().startsWith("switchboard")
                || cause.getCause() instanceof UnboundConfigurationPropertiesException) {
            return null;
        }
        String sentence = outOfRange(cause);
        return new FailureAnalysis(
                sentence == null ? unreadable(cause) : sentence, UnknownSettingsAnalyzer.ACTION, cause);
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
        ConfigurationProperty property = cause.getProperty();
        Class<?> type = cause.getTarget().getType().resolve(Object.class);
        String value = property == null ? "what it is" : "\"" + property.getValue() + "\"";
        String where = property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
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
