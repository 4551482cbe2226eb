package dev.cloze.examples.waimai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.PromptPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaimaiExampleTest {

    @Test
    void withoutAnyTrainingMostReviewsAreRightByWordsOfTwoCharacters() throws IOException {
        List<Labeled<Delivery, Opinion>> test = DeliveryFile.read("test.tsv");
        try (PromptPipeline<Delivery, Opinion> pipeline = DeliveryPipeline.zeroShot()) {
            assertThat(pipeline.evaluate(test).accuracy()).isGreaterThan(0.65);
            assertThat(pipeline.predict(test.get(0).input()).words().stream().map(WordProbability::word))
                    .containsExactlyInAnyOrder("好吃", "不错", "难吃", "太差");
        }
    }

    /** The whole program under a locale that knows no Chinese; its files are UTF-8 all the same. */
    @Test
    @Tag("slow")
    void underLocaleCTrainingBeatsZeroShotAndNothingIsGarbled(@TempDir Path temporary) throws Exception {
        Path printed = temporary.resolve("printed.txt");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WaimaiExample.class.getName(),
                        temporary.resolve("pipeline").toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().put("LC_ALL", "C");

        assertThat(program.start().waitFor()).isZero();

        String text = Files.readString(printed, StandardCharsets.UTF_8);
        assertThat(text).contains("又香又脆", "expected at the masks: 好吃").doesNotContain("\ufffd", "??");
        assertThat(temporary.resolve("pipeline/manifest.json")).content().contains("好吃");
    }
}
