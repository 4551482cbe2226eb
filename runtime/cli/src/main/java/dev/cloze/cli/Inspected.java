package dev.cloze.cli;

import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.PeftConfig;
import dev.cloze.runtime.adapter.PeftType;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a folder or file of a prompt holds, in words.
 *
 * @param facts by name, in the order in which they are told
 * @param base the name of the model it was made for; empty where nobody says it
 * @param vectors (P, e) virtual tokens in row-major order; none where there are none
 * @param size e
 */
record Inspected(Map<String, String> facts, String base, float[] vectors, int size) {

    /** A saved pipeline, or an adapter of other tools; of several tasks one. */
    static Inspected of(Path place, int task) {
        return AdapterReader.isAdapter(place) ? of(AdapterReader.read(place, task)) : ofArchive(place);
    }

    private static Inspected of(Adapter adapter) {
        PeftConfig config = adapter.config();
        boolean prefix = config.type() == PeftType.PREFIX_TUNING;
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("adapter", config.type().name() + (config.taskType().isEmpty() ? "" : " for " + config.taskType()));
        facts.put("model", config.base().isEmpty() ? "not named" : config.base());
        facts.put(
                prefix ? "prefix" : "virtual tokens",
                config.length()
                        + (prefix
                                ? " places in " + config.layers() + " layers of " + config.heads() + " heads of "
                                        + config.tokenDim() / config.heads() + " numbers"
                                : " of " + config.tokenDim() + " numbers"));
        float[] numbers = adapter.numbers();
        facts.put("size", size(numbers.length));
        return new Inspected(facts, config.base(), prefix ? new float[0] : numbers, config.tokenDim());
    }

    private static Inspected ofArchive(Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            Manifest manifest = archive.manifest();
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("pipeline", manifest.method() + ", saved by Cloze " + manifest.frameworkVersion());
            facts.put(
                    "task",
                    manifest.task().name() + ", which " + manifest.task().kind().described());
            List<ProductIdentity.Template> templates = manifest.product().templates();
            for (int i = 0; i < templates.size(); i++) {
                facts.put(templates.size() == 1 ? "template" : "template " + (i + 1), described(templates.get(i)));
            }
            facts.put(
                    "model",
                    manifest.product().models().stream()
                            .map(model -> model.name() + " (sha256 "
                                    + model.weightsHash()
                                            .substring(
                                                    0,
                                                    Math.min(
                                                            12,
                                                            model.weightsHash().length())) + "...)")
                            .collect(Collectors.joining(", ")));
            Map<String, String> options = manifest.training().hyperParameters();
            if (!options.isEmpty()) {
                facts.put("trained in", options.getOrDefault(TuningOptions.PRECISION.name(), "float32"));
            }
            manifest.training().stopped().ifPresent(stopped -> facts.put("training", stopped));
            manifest.training().metrics().forEach((name, value) -> facts.put(name, value.toString()));
            return withTensors(facts, archive);
        }
    }

    private static String described(ProductIdentity.Template template) {
        String labels = template.labels().stream()
                .map(label -> label.name() + " = "
                        + label.words().stream().map(ProductIdentity.Word::text).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return "\"" + template.text() + "\"" + (labels.isEmpty() ? "" : ", " + labels);
    }

    private static Inspected withTensors(Map<String, String> facts, Archive archive) {
        Checkpoint tuned = archive.tuned();
        long numbers = tuned.names().stream()
                .mapToLong(name -> Arrays.stream(tuned.shape(name)).reduce(1, (one, other) -> one * other))
                .sum();
        List<String> shown = new ArrayList<>();
        tuned.names().stream().limit(6).forEach(name -> shown.add(name + " " + Arrays.toString(tuned.shape(name))));
        facts.put(
                "tensors",
                tuned.names().size()
                        + (shown.isEmpty() ? "" : ": " + String.join(", ", shown))
                        + (tuned.names().size() > 6 ? ", ..." : ""));
        facts.put("size", size(numbers));
        List<String> bases = archive.manifest().product().models().stream()
                .map(model -> model.name())
                .toList();
        String base = bases.isEmpty() ? "" : bases.get(0);
        if (!tuned.names().contains(Adapter.VECTORS)) {
            return new Inspected(facts, base, new float[0], 0);
        }
        FloatBuffer stored = tuned.floats(Adapter.VECTORS);
        float[] vectors = new float[stored.remaining()];
        stored.duplicate().get(vectors);
        return new Inspected(facts, base, vectors, (int) tuned.shape(Adapter.VECTORS)[1]);
    }

    private static String size(long numbers) {
        return numbers + " numbers, " + 4 * numbers + " bytes";
    }
}
