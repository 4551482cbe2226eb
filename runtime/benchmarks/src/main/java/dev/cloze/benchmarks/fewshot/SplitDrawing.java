package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.fewshot.FewShotSources.Source;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.testkit.data.TextExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Draws the splits of a data set, once: what comes of it is committed. */
final class SplitDrawing {

    private static final int EXAMPLES = 16;
    private static final int TEST = 1000;
    private static final int UNLABELED = 1000;

    /** Texts that begin alike for so many letters count as one, as AG News has articles in several lengths. */
    private static final int SAME = 60;

    private final FewShotTask task;
    private final Path data;
    private final Map<String, List<TextExample>> read = new HashMap<>();

    SplitDrawing(FewShotTask task, Path data) {
        this.task = task;
        this.data = data;
    }

    /** The test set, then train and dev of each seed, then unlabelled texts of those seeds that have some. */
    List<SplitPart> draw(List<Integer> seeds, List<Integer> unlabeledSeeds) {
        List<SplitPart> parts = new ArrayList<>();
        SplitPart test = test();
        parts.add(test);
        for (int seed : seeds) {
            List<SplitPart> examples = examples(seed);
            parts.addAll(examples);
            if (unlabeledSeeds.contains(seed)) {
                Set<String> used = new HashSet<>();
                Stream.concat(examples.stream(), Stream.of(test))
                        .flatMap(part -> part.of(all(part.file())).stream())
                        .forEach(example -> used.add(start(example)));
                parts.addAll(unlabeled(seed, used));
            }
        }
        return parts;
    }

    /** Without texts that are in a file that training examples are drawn from. */
    private SplitPart test() {
        List<TextExample> all = all(task.sources().test());
        Set<String> excluded = new HashSet<>();
        if (task.sources().drawn()) {
            all(task.sources().train().apply(0)).forEach(example -> excluded.add(start(example)));
        }
        List<Integer> rows = new ArrayList<>(SplitPart.upTo(all.size()));
        rows.removeIf(row -> excluded.contains(start(all.get(row))));
        Collections.shuffle(rows, new Random(0));
        boolean whole = rows.size() == all.size() && rows.size() <= TEST;
        List<Integer> chosen = whole
                ? List.of()
                : rows.subList(0, Math.min(TEST, rows.size())).stream().sorted().toList();
        return SplitPart.of(task.name(), 0, "test", task.sources().test().file(), chosen, all);
    }

    private List<SplitPart> examples(int seed) {
        Source train = task.sources().train().apply(seed);
        Source dev = task.sources().dev().apply(seed);
        if (!task.sources().drawn()) {
            return List.of(
                    SplitPart.of(task.name(), seed, "train", train.file(), List.of(), all(train)),
                    SplitPart.of(task.name(), seed, "dev", dev.file(), List.of(), all(dev)));
        }
        List<TextExample> all = all(train);
        FewShotSplit<Integer> split = FewShotSampler.split(
                SplitPart.upTo(all.size()), row -> all.get(row).label(), EXAMPLES, seed);
        return List.of(
                SplitPart.of(task.name(), seed, "train", train.file(), split.train(), all),
                SplitPart.of(task.name(), seed, "dev", train.file(), split.dev(), all));
    }

    private record Row(Source source, int number) {}

    private List<SplitPart> unlabeled(int seed, Set<String> used) {
        List<Row> rows = new ArrayList<>();
        for (Source pool : task.sources().pools()) {
            SplitPart.upTo(all(pool).size()).forEach(number -> rows.add(new Row(pool, number)));
        }
        Collections.shuffle(rows, new Random(seed));
        Map<Source, List<Integer>> chosen = new HashMap<>();
        int count = 0;
        for (Row row : rows) {
            if (count < UNLABELED && used.add(start(all(row.source()).get(row.number())))) {
                chosen.computeIfAbsent(row.source(), source -> new ArrayList<>())
                        .add(row.number());
                count++;
            }
        }
        return task.sources().pools().stream()
                .map(pool -> part(seed, pool, chosen.getOrDefault(pool, List.of())))
                .filter(part -> !part.rows().isEmpty())
                .toList();
    }

    private SplitPart part(int seed, Source pool, List<Integer> rows) {
        return SplitPart.of(
                task.name(),
                seed,
                "unlabeled",
                pool.file(),
                rows.stream().sorted().toList(),
                all(pool));
    }

    /** The letters and digits that a text begins with. */
    private static String start(TextExample example) {
        String letters =
                (example.title() + example.text()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.substring(0, Math.min(SAME, letters.length()));
    }

    private List<TextExample> all(Source source) {
        return read.computeIfAbsent(source.file(), file -> source.read(data));
    }

    private List<TextExample> all(String file) {
        return read.getOrDefault(file, List.of());
    }
}
