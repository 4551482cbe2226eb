package dev.cloze.examples.ptuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Labeled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackExampleTest {

    /** Vectors of two, and of as many as "was quite" has tokens, each of the model's width in 32 bits, and the file's head. */
    private static final long FEW_BYTES = 10_000;

    @Test
    void noTextToTestWithIsOneToLearnFrom() throws IOException {
        List<Feedback> train =
                FeedbackFile.read("train.tsv").stream().map(Labeled::input).toList();
        List<Feedback> test =
                FeedbackFile.read("test.tsv").stream().map(Labeled::input).toList();
        assertThat(train).hasSize(44).doesNotHaveDuplicates();
        assertThat(test).hasSize(20).doesNotHaveDuplicates().doesNotContainAnyElementsOf(train);
    }

    @Test
    void virtualTokensAreLearntSavedAndReadAgain(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        FeedbackExample.Outcome outcome = FeedbackExample.run(
                folder.resolve("pipeline"), 60, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(outcome.learnt()).isGreaterThan(0.8);
        assertThat(outcome.tuned()).isGreaterThan(0.6);
        assertThat(outcome.bytes()).isLessThan(FEW_BYTES);
        assertThat(outcome.loadedIsSame()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("P_TUNING keeps ", "it answers the same.");
        assertThat(folder.resolve("pipeline").resolve("manifest.json"))
                .content()
                .contains("P_TUNING", "frozen");
    }
}
