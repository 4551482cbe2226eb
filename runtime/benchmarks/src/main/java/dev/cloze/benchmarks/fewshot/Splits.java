package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.fewshot.FewShotSources.Source;
import dev.cloze.testkit.data.TextExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The splits that the table is measured with, by the committed list: each names file, row numbers, and a hash of what these
 * rows hold, which is checked when they are read.
 */
final class Splits {

    private final List<SplitPart> parts;
    private final Path data;
    private final Map<String, List<TextExample>> read = new HashMap<>();

    private Splits(List<SplitPart> parts, Path data) {
        this.parts = List.copyOf(parts);
        this.data = data;
    }

    static Splits read(Path list, Path data) throws IOException {
        return new Splits(
                Files.readAllLines(list).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(SplitPart::read)
                        .toList(),
                data);
    }

    /** Draws them and writes the list. */
    static void draw(List<FewShotTask> tasks, List<Integer> seeds, List<Integer> unlabeledSeeds, Path list, Path data)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# data set, seed (0: all), part, file, rows from 0, hash of label and text of these rows");
        tasks.forEach(task ->
                new SplitDrawing(task, data).draw(seeds, unlabeledSeeds).forEach(part -> lines.add(part.line())));
        Files.createDirectories(list.getParent());
        Files.write(list, lines);
    }

    /** What a seed's cell is measured with; an {@link IllegalStateException} where the files hold something else. */
    FewShotData of(FewShotTask task, int seed) {
        return new FewShotData(
                part(task, seed, "train"),
                part(task, seed, "dev"),
                part(task, 0, "test"),
                part(task, seed, "unlabeled"));
    }

    private List<TextExample> part(FewShotTask task, int seed, String name) {
        return parts.stream()
                .filter(part -> part.task().equals(task.name())
                        && part.seed() == seed
                        && part.part().equals(name))
                .flatMap(part -> part.of(all(task, seed, part.file())).stream())
                .toList();
    }

    private List<TextExample> all(FewShotTask task, int seed, String file) {
        FewShotSources sources = task.sources();
        return read.computeIfAbsent(file, name -> Stream.of(
                        List.of(sources.train().apply(seed), sources.dev().apply(seed), sources.test()),
                        sources.pools())
                .flatMap(List::stream)
                .filter(source -> source.file().equals(name))
                .findFirst()
                .map((Source source) -> source.read(data))
                .orElseThrow(() -> new IllegalStateException(task.name() + " has no file " + name + ".")));
    }
}
