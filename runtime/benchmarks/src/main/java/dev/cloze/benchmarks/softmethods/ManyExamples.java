package dev.cloze.benchmarks.softmethods;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.testkit.data.TextExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A data set with enough examples to train on: drawn by a fixed rule, so that every run has the same.
 *
 * @param name as the page has it
 * @param template what is read of {@code text}
 * @param labels with a word each, in this order
 * @param words the labels' words
 * @param train ten thousand examples
 * @param dev a thousand others, to choose by
 * @param test what is measured on
 */
record ManyExamples(
        String name,
        String template,
        List<String> labels,
        List<String> words,
        List<Labeled<TextExample, String>> train,
        List<Labeled<TextExample, String>> dev,
        List<Labeled<TextExample, String>> test) {

    private static final int TRAIN = 10_000;
    private static final int THOUSAND = 1_000;
    private static final List<String> SENTIMENTS = List.of("negative", "positive");
    private static final List<String> TOPICS = List.of("World", "Sports", "Business", "Sci/Tech");

    /** All data sets of the table. */
    static List<ManyExamples> all(Path data) {
        return List.of(sst2(data), agNews(data));
    }

    /** Train and dev from the training file, no text twice; GLUE's development set, whose labels are public, is the test. */
    private static ManyExamples sst2(Path data) {
        List<TextExample> pool = shuffled(distinct(sentiments(data, "sst2/train.tsv.gz"), Set.of()));
        return new ManyExamples(
                "SST-2",
                "{text} It was {mask}.",
                SENTIMENTS,
                List.of("terrible", "great"),
                labeled(pool.subList(0, TRAIN)),
                labeled(pool.subList(TRAIN, TRAIN + THOUSAND)),
                labeled(sentiments(data, "sst2/dev.tsv")));
    }

    /** The copy's ten thousand texts to train on; dev and test of the test file, without texts that are in the former; quotes stay as measured. */
    private static ManyExamples agNews(Path data) {
        List<TextExample> train = DataFile.of(data.resolve("ag_news/train_10k.tsv.gz"))
                .withColumns("text", "class")
                .withQuotes(false)
                .tsv()
                .stream()
                .map(row -> new TextExample(
                        row.get("text").strip(), row.get("class").strip()))
                .toList();
        List<TextExample> test =
                DataFile.of(data.resolve("ag_news/test.csv.gz")).withColumns("class", "title", "text").csv().stream()
                        .map(row -> new TextExample(
                                row.get("text").strip(), TOPICS.get(Integer.parseInt(row.get("class")) - 1)))
                        .toList();
        Set<String> known = train.stream().map(ManyExamples::start).collect(Collectors.toSet());
        List<TextExample> rest = shuffled(distinct(test, known));
        return new ManyExamples(
                "AG News",
                "{mask} News: {text}",
                TOPICS,
                List.of("world", "sports", "business", "tech"),
                labeled(shuffled(train).subList(0, TRAIN)),
                labeled(rest.subList(0, THOUSAND)),
                labeled(rest.subList(THOUSAND, 2 * THOUSAND)));
    }

    private static List<TextExample> sentiments(Path data, String file) {
        return DataFile.of(data.resolve(file)).tsv().stream()
                .map(row -> new TextExample(
                        row.get("sentence").strip(),
                        SENTIMENTS.get(Integer.parseInt(row.get("label").strip()))))
                .toList();
    }

    private static List<TextExample> distinct(List<TextExample> examples, Set<String> others) {
        Set<String> seen = new HashSet<>(others);
        return examples.stream().filter(example -> seen.add(start(example))).toList();
    }

    /** Texts that begin alike count as one: AG News has articles in several lengths. */
    private static String start(TextExample example) {
        String letters = example.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.substring(0, Math.min(60, letters.length()));
    }

    private static List<TextExample> shuffled(List<TextExample> examples) {
        List<TextExample> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, new Random(13));
        return shuffled;
    }

    private static List<Labeled<TextExample, String>> labeled(List<TextExample> examples) {
        return examples.stream()
                .map(example -> new Labeled<>(example, example.label()))
                .toList();
    }
}
