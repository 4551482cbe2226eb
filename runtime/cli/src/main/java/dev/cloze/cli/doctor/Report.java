package dev.cloze.cli.doctor;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the doctor has found: printed as it comes, the problems kept for the end; or, as JSON, all at the end. */
final class Report {

    private static final int NAMES = 24;
    private static final Gson JSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final PrintWriter out;
    private final boolean json;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    /** A section as JSON has it. */
    private record Part(String title, List<Fact> facts) {}

    /** A fact as JSON has it. */
    private record Fact(String name, String value) {}

    /** All of it as JSON has it. */
    private record Whole(List<Part> sections, List<String> problems, List<String> open) {}

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints a section, whose failure never stops the next. */
    void add(Section section) {
        parts.add(new Part(section.title(), new ArrayList<>()));
        line(section.title());
        try {
            section.examine(this);
        } catch (RuntimeException | LinkageError e) {
            problem(e);
        }
        line("");
        out.flush();
    }

    /** One fact. */
    void fact(String name, Object value) {
        parts.get(parts.size() - 1).facts().add(new Fact(name, value.toString()));
        show(name, value);
    }

    private void show(String name, Object value) {
        line("  " + name + " ".repeat(Math.max(1, NAMES - name.length())) + value);
    }

    private void line(String text) {
        if (!json) {
            out.println(text);
        }
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
        show("PROBLEM " + problems.size(), message.lines().findFirst().orElse(""));
    }

    /** Something cannot be known yet; it is told at the end. */
    void open(String sentence) {
        open.add(sentence);
    }

    /** How many problems there are so far. */
    int problems() {
        return problems.size();
    }

    /** Prints the problems, each whole. */
    void close() {
        if (json) {
            out.println(JSON.toJson(new Whole(parts, problems, open)));
        } else if (problems.isEmpty()) {
            out.println("Nothing is wrong" + (open.isEmpty() ? "." : ", as far as it can be known:"));
        } else {
            out.println(problems.size() == 1 ? "One thing is wrong" : problems.size() + " things are wrong");
            for (int i = 0; i < problems.size(); i++) {
                out.println("  " + (i + 1) + ". " + problems.get(i).replace("\n", "\n     "));
            }
        }
        open.forEach(sentence -> line("  " + sentence));
        out.flush();
    }
}
