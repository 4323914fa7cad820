package dev.switchboard.endpoint;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot say in a sentence why the process does not start, instead of a stack trace. */
final class UnusableSettingsAnalyzer extends AbstractFailureAnalyzer<UnusableSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSettingsException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
