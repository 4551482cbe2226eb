package dev.cloze.benchmarks.accuracy;

import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.testkit.data.Dataset;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.PublicDatasets;
import dev.cloze.testkit.data.TextExample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The five data sets of the model card, asked with the templates of LM-BFF (Gao et al. 2021, table 1) and, for AG News,
 * of PET (Schick and Schuetze 2021, section 4.1); the label words are single tokens of the vocabularies of cloze-tiny-en
 * and cloze-small-en; the first knows neither "subjective" nor "abbreviation".
 */
final class AccuracyTasks {

    private final Path data;
    private final String backbone;
    private final int mostTexts;

    private AccuracyTasks(Path data, String backbone, int mostTexts) {
        this.data = data;
        this.backbone = backbone;
        this.mostTexts = mostTexts;
    }

    /** All data sets for a model; of a longer test set this many texts are measured on, the same for every model and seed. */
    static List<AccuracyTask> all(Path data, String backbone, int mostTexts) {
        return backbone.equals(ChineseTasks.BACKBONE)
                ? ChineseTasks.all(data, mostTexts)
                : new AccuracyTasks(data, backbone, mostTexts).all();
    }

    private List<AccuracyTask> all() {
        return List.of(
                of("SST-2", LmBffSplits.sst2(data), "{text} It was {mask}.", sentiments()),
                of("MR", LmBffSplits.movieReviews(data), "{text} It was {mask}.", sentiments()),
                news(),
                of("TREC", LmBffSplits.trec(data), "{mask}: {text}", questions()),
                of("Subj", LmBffSplits.subjectivity(data), "{text} This is a {mask}.", stances()));
    }

    private AccuracyTask of(String name, LmBffSplits splits, String template, Map<String, List<String>> words) {
        return new AccuracyTask(backbone, name, template, words, splits::split, drawn(splits.test(), mostTexts));
    }

    /** Only its test set has titles. */
    private AccuracyTask news() {
        Dataset news = new PublicDatasets(data).agNews();
        return new AccuracyTask(
                backbone,
                "AG News",
                "{mask} News: {title} {text}",
                topics(),
                seed -> FewShotSampler.split(news.train(), TextExample::label, 16, seed),
                drawn(news.test(), mostTexts));
    }

    /** A set that is short enough stays in its order. */
    static List<TextExample> drawn(List<TextExample> all, int mostTexts) {
        if (all.size() <= mostTexts) {
            return all;
        }
        List<TextExample> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(0));
        return List.copyOf(shuffled.subList(0, mostTexts));
    }

    static Map<String, List<String>> sentiments() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("negative", List.of("bad", "terrible", "awful"));
        words.put("positive", List.of("good", "great", "wonderful"));
        return words;
    }

    static Map<String, List<String>> questions() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("DESC", List.of("description", "definition", "reason"));
        words.put("ENTY", List.of("thing", "animal", "object"));
        words.put("ABBR", List.of("expression"));
        words.put("HUM", List.of("person", "people", "human"));
        words.put("LOC", List.of("location", "place", "city"));
        words.put("NUM", List.of("number", "date", "year"));
        return words;
    }

    private static Map<String, List<String>> stances() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("subjective", List.of("review", "comedy", "film"));
        words.put("objective", List.of("story", "tale", "plot"));
        return words;
    }

    private static Map<String, List<String>> topics() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("World", List.of("world", "politics"));
        words.put("Sports", List.of("sports", "football"));
        words.put("Business", List.of("business", "economy"));
        words.put("Sci/Tech", List.of("technology", "science"));
        return words;
    }
}
