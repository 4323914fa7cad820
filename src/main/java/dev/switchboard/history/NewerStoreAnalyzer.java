package dev.switchboard.history;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has Spring Boot say in a sentence why the process does not start, instead of a stack trace. */
final class NewerStoreAnalyzer extends AbstractFailureAnalyzer<NewerStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NewerStoreException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
