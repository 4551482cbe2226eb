package dev.cloze.build;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out what the compiler reads of models: {@code folder=build/cloze-models backbones=bert-base-uncased,roberta-base}, and
 * {@code weights=true} where their weights are wanted in the hub's cache too. Ends with 0, or with 1 after a failure.
 */
public final class ModelsMain {

    private ModelsMain() {}

    /** What the build tool starts. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        try {
            Arguments settings = Arguments.of(arguments);
            Path folder = settings.file("folder").orElseThrow(() -> missing("folder"));
            List<String> names = Arrays.stream(
                            settings.values().getOrDefault("backbones", "").split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (names.isEmpty()) {
                throw missing("backbones");
            }
            boolean weights = Boolean.parseBoolean(settings.values().getOrDefault("weights", "false"));
            new CompilerModels(folder, names, weights)
                    .layOut(settings.values().getOrDefault("offline", ""), null)
                    .forEach(System.out::println);
            return 0;
        } catch (ClozeException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static ClozeException missing(String name) {
        return new ClozeException(
                Problem.CONFIG_SETTING, "The setting \"" + name + "\" is missing.\n  Write " + name + "=...");
    }
}
