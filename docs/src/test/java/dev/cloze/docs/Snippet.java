package dev.cloze.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java of a page: imports, then types, then statements, each of which may be missing.
 *
 * @param line of the page where it begins, from 1
 */
record Snippet(Path page, int line, List<String> imports, List<JavaType> types, String statements) {

    private static final Pattern DECLARATION =
            Pattern.compile("^(?:(?:public|final|abstract|static)\\s+)*(?:record|enum|class|interface)\\s+(\\w+)");

    private static final Pattern LITERAL = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|//.*$");

    /** A type that a page declares. */
    record JavaType(String name, String code) {}

    /** The blocks of a page, in its order. */
    static List<Snippet> in(Path page) {
        List<Snippet> found = new ArrayList<>();
        List<String> lines = lines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```java")) {
                int end = i + lines.subList(i, lines.size()).indexOf("```");
                found.add(parse(page, i + 1, lines.subList(i + 1, end)));
                i = end;
            }
        }
        return found;
    }

    private static Snippet parse(Path page, int line, List<String> code) {
        List<String> imports = new ArrayList<>();
        List<JavaType> types = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            String text = code.get(i);
            if (text.startsWith("import ")) {
                imports.add(text);
            } else if (text.startsWith("@") || DECLARATION.matcher(text).find()) {
                int end = endOfType(code, i);
                types.add(type(code.subList(i, end)));
                i = end - 1;
            } else {
                rest.add(text);
            }
        }
        return new Snippet(page, line, imports, types, String.join("\n", rest).strip());
    }

    /** The line after the closing brace of the type that begins there. */
    private static int endOfType(List<String> code, int start) {
        boolean declared = false;
        int depth = 0;
        for (int i = start; i < code.size(); i++) {
            declared |= depth == 0 && DECLARATION.matcher(code.get(i)).find();
            String bare = LITERAL.matcher(code.get(i)).replaceAll("");
            depth += count(bare, "[{(]") - count(bare, "[})]");
            if (declared && depth == 0 && bare.stripTrailing().endsWith("}")) {
                return i + 1;
            }
        }
        throw new IllegalStateException("An annotation without its type, or a type without its end: "
                + String.join("\n", code.subList(start, code.size())));
    }

    private static int count(String text, String what) {
        return (int) Pattern.compile(what).matcher(text).results().count();
    }

    private static JavaType type(List<String> code) {
        Optional<Matcher> name =
                code.stream().map(DECLARATION::matcher).filter(Matcher::find).findFirst();
        return new JavaType(name.orElseThrow().group(1), String.join("\n", code));
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
