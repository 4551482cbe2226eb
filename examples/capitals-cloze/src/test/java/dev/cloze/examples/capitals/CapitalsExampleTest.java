package dev.cloze.examples.capitals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozePipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapitalsExampleTest {

    @Test
    void noCountryToTestWithIsOneToLearnFrom() throws IOException {
        List<Country> train =
                CapitalFile.read("train.tsv").stream().map(Answered::input).toList();
        List<Country> test =
                CapitalFile.read("test.tsv").stream().map(Answered::input).toList();
        assertThat(train).hasSizeGreaterThan(70).doesNotHaveDuplicates();
        assertThat(test).hasSize(40).doesNotHaveDuplicates().doesNotContainAnyElementsOf(train);
    }

    @Test
    void amongCitiesTheDefaultModelKnowsThatOfFrance() {
        try (ClozePipeline<Country> pipeline = CountryPipeline.zeroShot()) {
            List<String> cities = List.of("Berlin", "Buenos Aires", "Paris", "Tokyo");
            assertThat(pipeline.predict(new Country("France"), cities).best()).isEqualTo("Paris");
        }
    }

    @Test
    void aPromptIsLearntSavedAndReadAgain(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        CapitalsExample.Outcome outcome = CapitalsExample.run(
                folder.resolve("pipeline"), 60, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(outcome.tuned()).isGreaterThan(outcome.zeroShot());
        assertThat(outcome.zeroShotCapitals()).isGreaterThan(outcome.zeroShot());
        assertThat(outcome.loadedIsSame()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("are one token of the model", "France: ", "it answers the same.");
        assertThat(folder.resolve("pipeline").resolve("manifest.json"))
                .content()
                .contains("P_TUNING", "CLOZE");
    }
}
