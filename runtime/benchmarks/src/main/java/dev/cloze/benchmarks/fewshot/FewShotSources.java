package dev.cloze.benchmarks.fewshot;

import dev.cloze.runtime.data.DataFile;
import dev.cloze.testkit.data.TextExample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Where a data set's texts lie below the folder of all.
 *
 * @param train the file that training examples of a seed come from
 * @param dev the same of development examples
 * @param test the file of the test set
 * @param pools files whose texts count as unlabelled
 * @param drawn whether train and dev are drawn from one file by the seed, sixteen a label each, and not given whole
 */
record FewShotSources(
        Function<Integer, Source> train,
        Function<Integer, Source> dev,
        Source test,
        List<Source> pools,
        boolean drawn) {

    /** A file and how its rows are read, in its order. */
    record Source(String file, Function<DataFile, List<TextExample>> rows) {
        List<TextExample> read(Path data) {
            return rows.apply(DataFile.of(data.resolve(file)));
        }
    }

    /** A table with names in its first row. */
    static Source named(String file, String text, Function<String, String> label) {
        return new Source(file, data -> data.tsv().stream()
                .map(row -> new TextExample(row.get(text).strip(), label.apply(row.get("label"))))
                .toList());
    }

    /** A table of pairs with names in its first row; the first of a pair is the title. */
    static Source pairs(String file, String first, String second, String value, Function<String, String> label) {
        return new Source(file, data -> data.tsv().stream()
                .map(row ->
                        new TextExample(row.get(first).strip(), row.get(second).strip(), label.apply(row.get(value))))
                .toList());
    }

    /** A label's number and a text, between commas. */
    static Source numbered(String file, List<String> labels) {
        return new Source(file, data -> data.withColumns("label", "text").csv().stream()
                .map(row -> new TextExample(row.get("text").strip(), labels.get(Integer.parseInt(row.get("label")))))
                .toList());
    }

    /** A text a line, of no label. */
    static Source lines(String file, boolean latin1, Function<String, String> text) {
        return new Source(file, data -> (latin1 ? data.withCharset(StandardCharsets.ISO_8859_1) : data)
                .lines().stream()
                        .map(line -> new TextExample(text.apply(line).strip(), ""))
                        .toList());
    }
}
