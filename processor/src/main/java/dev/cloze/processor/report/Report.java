package dev.cloze.processor.report;

import dev.cloze.problem.ClozeException;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** Collects all that is wrong with one task, so that one compile shows everything. */
public final class Report {

    private record Finding(Diagnostic.Kind kind, String message, Place place) {}

    private final List<Finding> findings = new ArrayList<>();

    /** The task cannot be compiled. */
    public void error(Place place, Message message, Object... details) {
        findings.add(new Finding(Diagnostic.Kind.ERROR, message.with(details), place));
    }

    /** The task cannot be compiled, for a reason that already is a message. */
    public void error(Place place, ClozeException reason) {
        findings.add(new Finding(Diagnostic.Kind.ERROR, String.valueOf(reason.getMessage()), place));
    }

    /** The task works, but probably not as meant. */
    public void warning(Place place, Message message, Object... details) {
        findings.add(new Finding(Diagnostic.Kind.WARNING, message.with(details), place));
    }

    /** Whether nothing stands against writing the pipeline. */
    public boolean isClean() {
        return findings.stream().noneMatch(finding -> finding.kind() == Diagnostic.Kind.ERROR);
    }

    /** Shows every finding once, in the order found. */
    public void print(Messager messager) {
        while (!findings.isEmpty()) {
            Finding next = findings.remove(0);
            next.place().print(messager, next.kind(), next.message());
        }
    }
}
