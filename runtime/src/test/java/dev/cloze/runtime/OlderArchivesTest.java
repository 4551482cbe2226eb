package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that were saved in format 1, with what they answered then. */
class OlderArchivesTest {

    @TempDir
    Path folder;

    @Test
    void aClassificationStillLoadsAndIsSavedInTheNewFormat() throws Exception {
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, archive("zero-shot"))) {
            Prediction<Sentiment> prediction =
                    loaded.predict(Reviews.examples().get(0).input());
            assertThat(prediction.probability()).isCloseTo(0.93494993, within(1e-5));
            loaded.save(folder.resolve("again"));
        }
        assertThat(Files.readString(folder.resolve("again/manifest.json"))).contains("\"formatVersion\": 2");
        PromptPipeline.load(Reviews.TASK, folder.resolve("again")).close();
    }

    @Test
    void aGenerationStillLoadsWithItsWeights() throws Exception {
        Path model = TinyModels.decoder(folder.resolve("model"), 64, Places.words());
        Files.copy(
                archive("model").resolve("tokenizer.json"),
                model.resolve("tokenizer.json"),
                StandardCopyOption.REPLACE_EXISTING);
        try (TextPipeline<Place> loaded = TextPipeline.load(Places.task(model), archive("text"))) {
            Generated written = loaded.generateAll(Places.inputs().get(0)).get(0);
            assertThat(written.text()).startsWith("aroma in and and and aroma in aroma");
            assertThat(written.logProbability()).isCloseTo(-115.188, within(1e-2));
        }
    }

    private static Path archive(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(OlderArchivesTest.class.getResource("/archives/format-1/" + name))
                .toURI());
    }
}
