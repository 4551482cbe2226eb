package dev.cloze.spring.boot;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.application.TaskFailure;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why an application could not start, and which property to set. */
final class ClozeFailureAnalyzer extends AbstractFailureAnalyzer<ClozeException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ClozeException cause) {
        String action = cause instanceof TaskFailure failure
                ? failure.action()
                : "See docs/errors.md#" + cause.problem().code() + ".";
        return new FailureAnalysis(cause.getMessage(), action, cause);
    }
}
