package dev.cloze.runtime.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Gaps;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a saved pipeline can be checked without its model. */
class DeclaredPipelineTest {

    private enum Mood {
        POSITIVE,
        MIXED,
        NEGATIVE
    }

    @TempDir
    private Path folder;

    private Path saved;

    @BeforeEach
    void save() {
        saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
    }

    @Test
    void theTaskThatItWasMadeForTakesItWhateverItsModel() {
        DeclaredPipeline.of(Reviews.TASK).check(saved);
        DeclaredPipeline.of(Reviews.builder()
                        .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "no-such-model"))
                        .build())
                .check(saved);
    }

    @Test
    void anotherTemplateIsRefused() {
        refused(
                DeclaredPipeline.of(Reviews.asked("{text} All in all {mask}.").build()),
                "template: saved with \"{text} It was {mask}.\", now \"{text} All in all {mask}.\"");
    }

    @Test
    void otherLabelWordsAreRefused() {
        refused(
                DeclaredPipeline.of(
                        Reviews.builder().label(Sentiment.POSITIVE, "fine").build()),
                "POSITIVE=[great, good]",
                "POSITIVE=[fine]");
    }

    @Test
    void otherLabelsAreRefused() {
        ClassificationTask<Review, Mood> moods = ClassificationTask.of(Review.class, Mood.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .label(Mood.POSITIVE, "great", "good")
                .label(Mood.MIXED, "mixed")
                .label(Mood.NEGATIVE, "terrible", "bad")
                .tuning(Reviews.TASK.tuning())
                .build();
        refused(DeclaredPipeline.of(moods), "labels: saved with [NEGATIVE, POSITIVE], now [MIXED, NEGATIVE, POSITIVE]");
    }

    @Test
    void anotherKindOfTaskIsRefused() {
        TextTask<Review> text = TextTask.of(Review.class)
                .template("{text} In short:")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-lm-tiny-en"))
                .build();
        refused(DeclaredPipeline.of(text), "kind of task");
    }

    /** Which says nothing of tasks. */
    @Test
    void anAdapterIsTakenByTheKindsOfTaskThatLoadOne() {
        Path adapter = TinyBackbones.folder("peft/pipelines").resolve("cloze-tiny-en-prompt");
        DeclaredPipeline.of(Gaps.builder().build()).check(adapter);
        DeclaredPipeline.of(Reviews.TASK).check(adapter);
        RegressionTask<Review> rating = RegressionTask.of(Review.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .scale(0, 5, "bad", "good")
                .tuning(Reviews.TASK.tuning())
                .build();
        assertThatThrownBy(() -> DeclaredPipeline.of(rating).check(adapter))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_UNREADABLE))
                .hasMessageContaining(
                        "it is an adapter, which tasks that choose labels, rank words or write texts can load");
    }

    @Test
    void aDamagedOneIsRefused() throws IOException {
        Files.write(saved.resolve("tuned.safetensors"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> DeclaredPipeline.of(Reviews.TASK).check(saved))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_UNREADABLE));
    }

    private void refused(DeclaredPipeline<?> declared, String... parts) {
        assertThatThrownBy(() -> declared.check(saved))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_MISMATCH))
                .hasMessageContainingAll(parts);
    }
}
