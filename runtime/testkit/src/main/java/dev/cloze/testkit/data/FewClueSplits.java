package dev.cloze.testkit.data;

import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.FewShotSplit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The splits of FewCLUE, of sixteen examples a label on average, (Xu et al. 2021), few-shot tasks in Chinese, and their public
 * test sets.
 *
 * @param folder the task's folder
 * @param labels the labels, in the order they are declared
 * @param label the label of a row
 */
public record FewClueSplits(Path folder, List<String> labels, Function<DataRow, String> label) {

    /** How many splits there are: 0 to 4. */
    public static final int SPLITS = 5;

    /** The topics of TNEWS by the names the files use; several are left out of their numbering. */
    private static final Map<String, String> TOPICS = Map.ofEntries(
            Map.entry("news_story", "故事"),
            Map.entry("news_culture", "文化"),
            Map.entry("news_entertainment", "娱乐"),
            Map.entry("news_sports", "体育"),
            Map.entry("news_finance", "财经"),
            Map.entry("news_house", "房产"),
            Map.entry("news_car", "汽车"),
            Map.entry("news_edu", "教育"),
            Map.entry("news_tech", "科技"),
            Map.entry("news_military", "军事"),
            Map.entry("news_travel", "旅游"),
            Map.entry("news_world", "国际"),
            Map.entry("news_stock", "股票"),
            Map.entry("news_agriculture", "农业"),
            Map.entry("news_game", "电竞"));

    /** Reviews of an online shop, satisfied or not; 610 to test on. */
    public static FewClueSplits reviews(Path data) {
        return new FewClueSplits(
                data.resolve("fewclue/eprstmt"), List.of("Negative", "Positive"), row -> row.get("label"));
    }

    /** Headlines by topic, of which there are fifteen, under the Chinese names the task gives them; 2,010 to test on. */
    public static FewClueSplits headlines(Path data) {
        return new FewClueSplits(
                data.resolve("fewclue/tnews"),
                TOPICS.values().stream().sorted().toList(),
                row -> TOPICS.get(row.get("label_desc")));
    }

    /** A split, 0 to 4. */
    public FewShotSplit<TextExample> split(int number) {
        return new FewShotSplit<>(read("train_" + number), read("dev_" + number));
    }

    /** The public test set. */
    public List<TextExample> test() {
        return read("test_public");
    }

    private List<TextExample> read(String part) {
        Path plain = folder.resolve(part + ".json");
        Path file = Files.exists(plain) ? plain : folder.resolve(part + ".json.gz");
        return PublicDatasets.examples(
                DataFile.of(file).jsonLines(), row -> new TextExample(row.get("sentence"), label.apply(row)));
    }
}
