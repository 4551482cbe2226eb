package dev.cloze.benchmarks.accuracy;

import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.testkit.data.FewClueSplits;
import dev.cloze.testkit.data.LmBffSplits;
import dev.cloze.testkit.data.PublicDatasets;
import dev.cloze.testkit.data.TextExample;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The Chinese data sets of the model card: two of FewCLUE, and reviews of delivered meals. Topics are words of two
 * characters, which are scored jointly.
 */
final class ChineseTasks {

    /** The model they are for. */
    static final String BACKBONE = "cloze-small-zh";

    private ChineseTasks() {}

    static List<AccuracyTask> all(Path data, int mostTexts) {
        return List.of(reviews(data, mostTexts), deliveries(data, mostTexts), headlines(data, mostTexts));
    }

    /** The template and the words that the model's own figures were made with. */
    static AccuracyTask reviews(Path data, int mostTexts) {
        FewClueSplits splits = FewClueSplits.reviews(data);
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("Negative", List.of("差", "坏", "烂"));
        words.put("Positive", List.of("好", "棒", "赞"));
        return task("EPRSTMT", "{text} 总之很{mask}。", words, fewClue(splits), splits.test(), mostTexts);
    }

    /** There is no split; the test texts and, from all others, the examples are drawn. */
    private static AccuracyTask deliveries(Path data, int mostTexts) {
        List<TextExample> all = shuffled(new PublicDatasets(data).deliveries());
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("Negative", List.of("太差", "难吃"));
        words.put("Positive", List.of("不错", "好吃"));
        int tested = Math.min(mostTexts, 1_000);
        return task(
                "waimai",
                "{text}总之，{mask}。",
                words,
                seed -> FewShotSampler.split(all.subList(1_000, all.size()), TextExample::label, 16, seed),
                all.subList(0, tested),
                tested);
    }

    private static List<TextExample> shuffled(List<TextExample> all) {
        return AccuracyTasks.drawn(all, all.size() - 1);
    }

    /** Fifteen words of two tokens are sixteen questions a text, so fewer texts are asked about. */
    private static AccuracyTask headlines(Path data, int mostTexts) {
        FewClueSplits splits = FewClueSplits.headlines(data);
        Map<String, List<String>> words = new LinkedHashMap<>();
        splits.labels().forEach(topic -> words.put(topic, List.of(topic)));
        return task("TNEWS", "这是一则{mask}新闻：{text}", words, fewClue(splits), splits.test(), Math.min(mostTexts, 200));
    }

    private static IntFunction<FewShotSplit<TextExample>> fewClue(FewClueSplits splits) {
        return seed -> splits.split(LmBffSplits.SEEDS.indexOf(seed));
    }

    private static AccuracyTask task(
            String name,
            String template,
            Map<String, List<String>> words,
            IntFunction<FewShotSplit<TextExample>> splits,
            List<TextExample> test,
            int mostTexts) {
        return new AccuracyTask(BACKBONE, name, template, words, splits, AccuracyTasks.drawn(test, mostTexts));
    }
}
