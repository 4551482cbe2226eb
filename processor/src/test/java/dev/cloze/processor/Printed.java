package dev.cloze.processor;

import static java.util.stream.Collectors.joining;

import com.google.testing.compile.Compilation;
import java.nio.file.Path;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** Diagnostics as javac prints them: file, line, column, message, the source line, and the caret under its place. */
final class Printed {

    private Printed() {}

    static String of(Compilation compilation) {
        return compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
                .map(Printed::of)
                .collect(joining("\n"));
    }

    private static String of(Diagnostic<? extends JavaFileObject> diagnostic) {
        String kind = diagnostic.getKind().name().toLowerCase(Locale.ROOT);
        String message = diagnostic.getMessage(Locale.ROOT).replace(Sources.FOLDER.toString(), "RESOURCES");
        if (diagnostic.getSource() == null) {
            return kind + ": " + message + "\n";
        }
        String line = Sources.text(diagnostic.getSource())
                .lines()
                .skip(diagnostic.getLineNumber() - 1)
                .findFirst()
                .orElse("");
        int column = (int) diagnostic.getColumnNumber();
        return Path.of(diagnostic.getSource().toUri().getPath()).getFileName()
                + ":" + diagnostic.getLineNumber() + ":" + column + ": " + kind + ": " + message + "\n"
                + line + "\n" + " ".repeat(column - 1) + "^\n";
    }
}
