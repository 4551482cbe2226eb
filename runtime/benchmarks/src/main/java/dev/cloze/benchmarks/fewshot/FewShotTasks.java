package dev.cloze.benchmarks.fewshot;

import static dev.cloze.benchmarks.fewshot.FewShotSources.lines;
import static dev.cloze.benchmarks.fewshot.FewShotSources.named;
import static dev.cloze.benchmarks.fewshot.FewShotSources.numbered;

import dev.cloze.benchmarks.fewshot.FewShotSources.Source;
import dev.cloze.testkit.data.TextExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The six data sets of the table, with the templates and label words of LM-BFF (Gao et al. 2021, table 1) and, for AG
 * News, of PET (Schick and Schuetze 2021, section 4.1), and four patterns each for PET.
 */
final class FewShotTasks {

    private static final List<String> SENTIMENTS = List.of("negative", "positive");
    private static final List<String> STANCES = List.of("subjective", "objective");
    private static final List<String> QUESTIONS = List.of("DESC", "ENTY", "ABBR", "HUM", "LOC", "NUM");

    private FewShotTasks() {}

    static List<FewShotTask> all() {
        return List.of(sst2(), movieReviews(), customerReviews(), subjectivity(), trec(), agNews());
    }

    private static FewShotTask sst2() {
        Function<String, String> label = number -> SENTIMENTS.get(Integer.parseInt(number.strip()));
        FewShotSources sources = new FewShotSources(
                seed -> named("lmbff-kshot/SST-2/16-" + seed + "/train.tsv", "sentence", label),
                seed -> named("lmbff-kshot/SST-2/16-" + seed + "/dev.tsv", "sentence", label),
                named("lmbff-kshot/SST-2/test.tsv", "sentence", label),
                List.of(named("sst2/train.tsv.gz", "sentence", label)),
                false);
        return sentiment("SST-2", "movie", sources);
    }

    private static FewShotTask movieReviews() {
        return sentiment(
                "MR",
                "movie",
                lmBff("mr", SENTIMENTS, latin1("mr/rt-polarity.neg.gz"), latin1("mr/rt-polarity.pos.gz")));
    }

    private static FewShotTask customerReviews() {
        return sentiment("CR", "product", lmBff("cr", SENTIMENTS, utf8("cr/custrev.neg"), utf8("cr/custrev.pos")));
    }

    private static FewShotTask subjectivity() {
        return new FewShotTask(
                "Subj",
                "{text} This is {mask}.",
                words(STANCES, "subjective", "objective"),
                List.of(
                        "{text} This is {mask}.",
                        "This is {mask}. {text}",
                        "{mask}: {text}",
                        "{text} All in all, it was {mask}."),
                lmBff("subj", STANCES, latin1("subj/subj.subjective.gz"), latin1("subj/subj.objective.gz")));
    }

    private static FewShotTask trec() {
        Source pool = lines("trec/TREC.train.gz", true, line -> line.substring(line.indexOf(' ') + 1));
        return new FewShotTask(
                "TREC",
                "{mask}: {text}",
                words(QUESTIONS, "description", "entity", "expression", "human", "location", "number"),
                List.of(
                        "{mask}: {text}",
                        "{mask} question: {text}",
                        "{text} This is about {mask}.",
                        "[ Category: {mask} ] {text}"),
                lmBff("trec", QUESTIONS, pool));
    }

    /** Titles are dropped, as the texts to train on have none; quotes around these stay, as all figures were measured with them. */
    private static FewShotTask agNews() {
        List<String> topics = List.of("World", "Sports", "Business", "Sci/Tech");
        Source train = new Source(
                "ag_news/train_10k.tsv.gz", data -> data.withColumns("text", "class").withQuotes(false).tsv().stream()
                        .map(row -> new TextExample(
                                row.get("text").strip(), row.get("class").strip()))
                        .toList());
        Source test =
                new Source("ag_news/test.csv.gz", data -> data.withColumns("class", "title", "text").csv().stream()
                        .map(row -> new TextExample(
                                row.get("text").strip(), topics.get(Integer.parseInt(row.get("class")) - 1)))
                        .toList());
        return new FewShotTask(
                "AG News",
                "{mask} News: {text}",
                words(topics, "world", "sports", "business", "tech"),
                List.of("{mask} News: {text}", "{mask}: {text}", "{text} ({mask})", "[ Category: {mask} ] {text}"),
                new FewShotSources(seed -> train, seed -> train, test, List.of(train), true));
    }

    private static FewShotTask sentiment(String name, String thing, FewShotSources sources) {
        return new FewShotTask(
                name,
                "{text} It was {mask}.",
                words(SENTIMENTS, "terrible", "great"),
                List.of(
                        "{text} It was {mask}.",
                        "It was {mask}. {text}",
                        "Just {mask}! {text}",
                        "{text} In summary, the " + thing + " is {mask}."),
                sources);
    }

    private static FewShotSources lmBff(String folder, List<String> labels, Source... pools) {
        String place = "lmbff-kshot/" + folder + "/";
        return new FewShotSources(
                seed -> numbered(place + "16-" + seed + "/train.csv", labels),
                seed -> numbered(place + "16-" + seed + "/dev.csv", labels),
                numbered(place + "test.csv", labels),
                List.of(pools),
                false);
    }

    private static Source latin1(String file) {
        return lines(file, true, line -> line);
    }

    private static Source utf8(String file) {
        return lines(file, false, line -> line);
    }

    private static Map<String, List<String>> words(List<String> labels, String... words) {
        Map<String, List<String>> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i++) {
            byLabel.put(labels.get(i), List.of(words[i]));
        }
        return byLabel;
    }
}
