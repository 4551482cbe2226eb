package dev.cloze.benchmarks.fewshot;

import static dev.cloze.benchmarks.fewshot.FewShotSources.pairs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The data sets of pairs of texts, with the templates and label words of LM-BFF (Gao et al. 2021, table 1). */
final class PairTasks {

    private static final Map<String, String> EQUIVALENCE = Map.of("0", "not_equivalent", "1", "equivalent");

    /** The words of the two ends of how alike two sentences are. */
    static final String LOW = "No";

    static final String HIGH = "Yes";

    private PairTasks() {}

    static List<FewShotTask> all() {
        return List.of(rte(), mrpc());
    }

    /** How alike two sentences are, from 0 to 5: a number in the place of a label, between the words of two ends. */
    static FewShotTask similarity() {
        return task(
                "STS-B",
                "{first} {mask}, {text|lowerFirst}",
                Map.of("low", List.of(LOW), "high", List.of(HIGH)),
                file -> pairs(file, "sentence1", "sentence2", "score", String::strip));
    }

    private static FewShotTask rte() {
        return task(
                "RTE",
                "{first|stripPunctuation}? {mask}, {text|lowerFirst}",
                Map.of("entailment", List.of("Yes"), "not_entailment", List.of("No")),
                file -> pairs(file, "sentence1", "sentence2", "label", Function.identity()));
    }

    private static FewShotTask mrpc() {
        return task(
                "MRPC",
                "{first} {mask}, {text|lowerFirst}",
                Map.of("equivalent", List.of("Yes"), "not_equivalent", List.of("No")),
                file -> pairs(file, "#1 String", "#2 String", "Quality", number -> label(number.strip())));
    }

    private static String label(String number) {
        String label = EQUIVALENCE.get(number);
        if (label == null) {
            throw new IllegalStateException("MRPC has no label " + number);
        }
        return label;
    }

    private static FewShotTask task(
            String name,
            String template,
            Map<String, List<String>> words,
            Function<String, FewShotSources.Source> file) {
        String folder = "lmbff-kshot/" + name + "/";
        FewShotSources sources = new FewShotSources(
                seed -> file.apply(folder + "16-" + seed + "/train.tsv"),
                seed -> file.apply(folder + "16-" + seed + "/dev.tsv"),
                file.apply(folder + "test.tsv"),
                List.of(),
                false);
        return new FewShotTask(name, template, new TreeMap<>(words), List.of(template), sources);
    }
}
