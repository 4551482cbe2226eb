package dev.cloze.processor.report;

import dev.cloze.problem.ClozeException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Collects all that is wrong with one task, so that one compile shows everything. */
public final class Report {

    private record Finding(Diagnostic.Kind kind, String message, Place place) {}

    /** What several templates have in common is found in each, and said once. */
    private final Set<Finding> findings = new LinkedHashSet<>();

    private final Element element;

    /** Of what is wrong with this element, whose annotations can silence warnings. */
    public Report(Element element) {
        this.element = element;
    }

    /** The task cannot be compiled. */
    public void error(Place place, Message message, Object... details) {
        findings.add(new Finding(Diagnostic.Kind.ERROR, message.with(place.note(), details), place));
    }

    /** The task cannot be compiled, for a reason that already is a message. */
    public void error(Place place, ClozeException reason) {
        String note = place.note().isEmpty() ? "" : "\n  " + place.note();
        findings.add(new Finding(Diagnostic.Kind.ERROR, reason.problem().message(reason.details() + note), place));
    }

    /** The task works, but probably not as meant; not shown where {@code @SuppressWarnings} says so. */
    public void warning(Place place, Message message, Object... details) {
        if (!Silenced.on(element, message.problem())) {
            findings.add(new Finding(Diagnostic.Kind.WARNING, message.with(place.note(), details), place));
        }
    }

    /** Whether nothing stands against writing the pipeline. */
    public boolean isClean() {
        return findings.stream().noneMatch(finding -> finding.kind() == Diagnostic.Kind.ERROR);
    }

    /** Shows every finding once, in the order found. */
    public void print(Messager messager) {
        List<Finding> found = new ArrayList<>(findings);
        for (Finding next : found) {
            findings.remove(next); // one that can't be shown is not tried again
            next.place().print(messager, next.kind(), next.message());
        }
    }
}
