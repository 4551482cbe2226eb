package dev.cloze.cli.doctor;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the doctor has found: printed as it comes, the problems kept for the end. */
final class Report {

    private static final int NAMES = 24;

    private final PrintWriter out;
    private final List<String> problems = new ArrayList<>();

    Report(PrintWriter out) {
        this.out = out;
    }

    /** Prints a section, whose failure never stops the next. */
    void add(Section section) {
        out.println(section.title());
        try {
            section.examine(this);
        } catch (RuntimeException | LinkageError e) {
            problem(e);
        }
        out.println();
        out.flush();
    }

    /** One fact. */
    void fact(String name, Object value) {
        out.println("  " + name + " ".repeat(Math.max(1, NAMES - name.length())) + value);
    }

    /** Something is wrong, as this failure says. */
    void problem(Throwable failure) {
        problem(
                failure instanceof ClozeException known
                        ? String.valueOf(known.getMessage())
                        : Problem.INTERNAL_ERROR.message("The doctor did not expect this: " + failure));
    }

    /** Something is wrong, in words that name the cure. */
    void problem(String message) {
        problems.add(message);
        fact("PROBLEM " + problems.size(), message.lines().findFirst().orElse(""));
    }

    /** How many problems there are so far. */
    int problems() {
        return problems.size();
    }

    /** Prints the problems, each whole. */
    void close() {
        if (problems.isEmpty()) {
            out.println("Nothing is wrong.");
        } else {
            out.println(problems.size() == 1 ? "One thing is wrong" : problems.size() + " things are wrong");
            for (int i = 0; i < problems.size(); i++) {
                out.println("  " + (i + 1) + ". " + problems.get(i).replace("\n", "\n     "));
            }
        }
        out.flush();
    }
}
