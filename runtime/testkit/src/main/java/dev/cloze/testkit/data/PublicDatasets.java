package dev.cloze.testkit.data;

import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The classification data sets of prompt learning's papers.
 *
 * @param folder where the data sets' folders lie; see {@link SharedFolder}
 */
public record PublicDatasets(Path folder) {

    /** Negative and positive, in the order of the numbers the files use. */
    static final List<String> SENTIMENTS = List.of("negative", "positive");

    /** The coarse kinds of question, as the original files name them. */
    static final List<String> QUESTIONS = List.of("DESC", "ENTY", "ABBR", "HUM", "LOC", "NUM");

    /** Subjective and objective, in the order of the numbers the few-shot files use. */
    static final List<String> STANCES = List.of("subjective", "objective");

    private static final List<String> TOPICS = List.of("World", "Sports", "Business", "Sci/Tech");

    /** SST-2 with its phrases: 67,349, 872 and 1,821 texts. */
    public Dataset sst2() {
        return new Dataset(SENTIMENTS, sst2("sst2/train.tsv.gz"), sst2("sst2/dev.tsv"), sst2("sst2/test.tsv"));
    }

    private List<TextExample> sst2(String name) {
        return examples(
                file(name).tsv(),
                row -> new TextExample(
                        row.get("sentence").strip(), SENTIMENTS.get(Integer.parseInt(row.get("label")))));
    }

    /** Sentences of film reviews (Pang and Lee 2005): 5,331 of each label, without a split. */
    public Dataset movieReviews() {
        return unsplit(SENTIMENTS, "mr/rt-polarity.neg.gz", "mr/rt-polarity.pos.gz");
    }

    /** Subjective and objective sentences (Pang and Lee 2004): 5,000 of each label, without a split. */
    public Dataset subjectivity() {
        return unsplit(STANCES, "subj/subj.subjective.gz", "subj/subj.objective.gz");
    }

    /**
     * AG News: 10,001 texts without titles to train on, of the original's 120,000, and its 7,600 to test on, which have
     * titles. Quotes around the former stay, as all figures were measured with them.
     */
    public Dataset agNews() {
        List<TextExample> train = examples(
                file("ag_news/train_10k.tsv.gz")
                        .withColumns("text", "class")
                        .withQuotes(false)
                        .tsv(),
                row -> new TextExample(row.get("text"), row.get("class")));
        List<TextExample> test = examples(
                file("ag_news/test.csv.gz")
                        .withColumns("class", "title", "text")
                        .csv(),
                row -> new TextExample(
                        row.get("title"), row.get("text"), TOPICS.get(Integer.parseInt(row.get("class")) - 1)));
        return new Dataset(TOPICS, train, List.of(), test);
    }

    /** Questions by what they ask for (Li and Roth 2002), six coarse labels: 5,452 and 500. */
    public Dataset trec() {
        return new Dataset(QUESTIONS, trec("trec/TREC.train.gz"), List.of(), trec("trec/TREC.test"));
    }

    private List<TextExample> trec(String name) {
        return latin1(name).stream()
                .map(line ->
                        new TextExample(line.substring(line.indexOf(' ') + 1), line.substring(0, line.indexOf(':'))))
                .toList();
    }

    /** Chinese reviews of delivered meals: 4,000 Positive, then 7,987 Negative. */
    public List<TextExample> deliveries() {
        return examples(
                file("waimai/waimai_10k.csv.gz").csv(),
                row -> new TextExample(row.get("review"), row.get("label").equals("1") ? "Positive" : "Negative"));
    }

    private Dataset unsplit(List<String> labels, String first, String second) {
        Stream<TextExample> one = latin1(first).stream().map(line -> new TextExample(line.strip(), labels.get(0)));
        Stream<TextExample> other = latin1(second).stream().map(line -> new TextExample(line.strip(), labels.get(1)));
        return new Dataset(labels, Stream.concat(one, other).toList(), List.of(), List.of());
    }

    private List<String> latin1(String name) {
        return file(name).withCharset(StandardCharsets.ISO_8859_1).lines();
    }

    private DataFile file(String name) {
        return DataFile.of(folder.resolve(name));
    }

    static List<TextExample> examples(List<DataRow> rows, Function<DataRow, TextExample> example) {
        return rows.stream().map(example).toList();
    }
}
