package dev.cloze.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Snippets of one page that make one program. A page that declares a type again begins another.
 *
 * <p>Each statement stands in a class of its own, beside the types of the scene, and sees what is given: the fields of the
 * class {@code Given...} of the task whose pipeline it names, or else of the task that the page declared last.
 */
final class Scene {

    private static final Pattern PIPELINE = Pattern.compile("(\\w+)Pipeline\\.");

    private final String packageName;
    private final Given given;
    private final Set<String> imports;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> statements = new LinkedHashMap<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private String base;

    private Scene(String packageName, Given given, Set<String> imports) {
        this.packageName = packageName;
        this.given = given;
        this.imports = imports;
        this.base = given.usual();
    }

    /** The programs of a page. */
    static List<Scene> of(List<Snippet> snippets, String packageName, Given given) {
        List<Scene> scenes = new ArrayList<>();
        Set<String> imports = new LinkedHashSet<>(given.imports());
        for (Snippet snippet : snippets) {
            imports.addAll(snippet.imports());
            boolean again = !scenes.isEmpty()
                    && snippet.types().stream()
                            .anyMatch(
                                    type -> scenes.get(scenes.size() - 1).types.containsKey(type.name()));
            if (scenes.isEmpty() || again) {
                scenes.add(new Scene(packageName + ".scene" + (scenes.size() + 1), given, imports));
            }
            scenes.get(scenes.size() - 1).add(snippet);
        }
        return scenes;
    }

    private void add(Snippet snippet) {
        String heads = String.join("\n", imports) + "\n";
        for (Snippet.JavaType type : snippet.types()) {
            types.put(type.name(), heads + type.code());
            Optional<String> own = given.of(type.name());
            own.ifPresent(unused::add);
            base = own.orElse(base);
        }
        if (!snippet.statements().isEmpty()) {
            String seen = PIPELINE.matcher(snippet.statements())
                    .results()
                    .flatMap(found -> given.of(found.group(1)).stream())
                    .findFirst()
                    .orElse(base);
            unused.remove(seen);
            statements.put(
                    "Line" + snippet.line(),
                    heads + "final class Line" + snippet.line() + " extends " + seen
                            + " {\n    static void run() throws Exception {\n" + snippet.statements() + "\n    }\n}\n");
        }
    }

    /** Its source files by the full names of their classes. */
    Map<String, String> sources() {
        Map<String, String> all = new LinkedHashMap<>(types);
        all.putAll(statements);
        unused.forEach(name -> all.put(name, given.types().get(name)));
        given.addNeeded(all);
        Map<String, String> files = new LinkedHashMap<>();
        all.forEach((name, code) -> files.put(packageName + "." + name, "package " + packageName + ";\n" + code));
        return files;
    }

    /** What to call of it, in order: the statements of the page, then what is given for tasks that the page only declares. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        statements.keySet().forEach(name -> calls.add(new Call(packageName + "." + name, "run")));
        unused.forEach(name -> calls.add(new Call(packageName + "." + name, "use")));
        return calls;
    }

    /** A static method without arguments. */
    record Call(String className, String method) {}
}
