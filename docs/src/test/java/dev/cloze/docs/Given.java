package dev.cloze.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a page takes for granted: types that it speaks of, and data, in {@code src/test/given} and, for one page alone, in a folder of
 * its name there.
 *
 * @param types the code of each, without a package
 */
record Given(Map<String, String> types) {

    private static final String PREFIX = "Given";

    private static final String IMPORTS = "imports";

    static Given of(Path folder, String page) {
        Map<String, String> types = new TreeMap<>();
        add(types, folder);
        if (Files.isDirectory(folder.resolve(page))) {
            add(types, folder.resolve(page));
        }
        return new Given(types);
    }

    private static void add(Map<String, String> types, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                types.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Imports that the page leaves out, since it is not meant to be copied. */
    List<String> imports() {
        return types.getOrDefault(IMPORTS, "").lines().toList();
    }

    /** Adds the types of which the code speaks and which it lacks. */
    void addNeeded(Map<String, String> code) {
        boolean added = true;
        while (added) {
            String all = String.join("\n", code.values());
            added = types.entrySet().stream()
                    .filter(type -> !type.getKey().equals(IMPORTS) && speaks(all, type.getKey()))
                    .map(type -> code.putIfAbsent(type.getKey(), type.getValue()) == null)
                    .reduce(false, Boolean::logicalOr);
        }
    }

    private static boolean speaks(String code, String type) {
        return Pattern.compile("\\b" + type + "(Pipeline)?\\b").matcher(code).find();
    }

    /** The class that statements see before the page declares a task. */
    String usual() {
        return types.containsKey(PREFIX) ? PREFIX : PREFIX + "Review";
    }

    /** The class that statements see once the page has declared this type. */
    Optional<String> of(String type) {
        return Optional.of(PREFIX + type).filter(types::containsKey);
    }
}
