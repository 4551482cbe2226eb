package dev.cloze.examples.news;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PromptPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewsTopicsExampleTest {

    @Test
    void withoutAnyTrainingTheDefaultModelSortsMostArticlesRight() throws IOException {
        try (PromptPipeline<Article, Topic> pipeline = ArticlePipeline.zeroShot()) {
            assertThat(pipeline.evaluate(ArticleFile.read("test.tsv")).accuracy())
                    .isGreaterThan(0.7);
        }
    }

    @Test
    void onTheQuickModelTrainingBeatsZeroShotAndEverythingIsReported(@TempDir Path temporary) throws Exception {
        Path folder = temporary.resolve("pipeline");

        String printed = quickly(folder);

        assertThat(accuracy(printed, "Zero-shot")).isGreaterThan(50);
        assertThat(accuracy(printed, "Tuned on")).isGreaterThan(accuracy(printed, "Zero-shot"));
        assertThat(printed).contains("expected at the mask: ", folder.toString(), "manifest.json");
        assertThat(folder.resolve("manifest.json")).content().contains("cloze-tiny-en");
        assertThat(folder.resolve("tuned.safetensors")).isRegularFile();
    }

    /** Runs the program as a process of its own, on the quick model. */
    private static String quickly(Path folder) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("printed", ".txt");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dcloze.quick",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        NewsTopicsExample.class.getName(),
                        folder.toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        String text = Files.readString(printed);
        Files.delete(printed);
        assertThat(code).as(text).isZero();
        return text;
    }

    private static double accuracy(String printed, String what) {
        Matcher line = Pattern.compile(what + ".*: accuracy ([\\d.]+)%").matcher(printed);
        assertThat(line.find()).as(printed).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
