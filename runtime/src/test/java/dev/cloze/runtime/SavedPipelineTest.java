package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.archive.SmallDisk;
import dev.cloze.runtime.spi.ClassificationTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPipelineTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final List<Review> INPUTS =
            EXAMPLES.stream().map(Labeled::input).toList();

    @TempDir
    Path folder;

    @Test
    void aTunedPipelinePredictsTheSameBitForBitAfterSavingAndLoading() {
        Path saved = folder.resolve("tuned");
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(5))
                .fit(EXAMPLES)) {
            tuned.save(saved);
            before = tuned.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
            loaded.save(folder.resolve("again"));
        }
        try (PromptPipeline<Review, Sentiment> again = PromptPipeline.load(Reviews.TASK, folder.resolve("again"))) {
            assertThat(again.predict(INPUTS)).isEqualTo(before);
        }
    }

    @Test
    void anUntunedPipelineCanBeSavedToo() {
        Path saved = folder.resolve("zero");
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
            before = zero.predict(INPUTS);
        }
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
        }
    }

    @Test
    void aDiskThatIsFullWhileSavingCostsNothing() throws IOException {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        List<Prediction<Sentiment>> before;
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(EXAMPLES)) {
            before = tuned.predict(INPUTS);
            for (Path target : List.of(saved, folder.resolve("new"))) {
                assertThatThrownBy(() -> tuned.save(target, SmallDisk.of(100_000)))
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.DISK_WRITE))
                        .hasMessageContaining("No space left on device");
                assertThat(tuned.predict(INPUTS)).isEqualTo(before);
            }
            assertNothingButSaved();
            PromptPipeline.load(Reviews.TASK, saved).close();
            tuned.save(saved);
        }
        assertNothingButSaved();
        try (PromptPipeline<Review, Sentiment> loaded = PromptPipeline.load(Reviews.TASK, saved)) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(before);
        }
    }

    private void assertNothingButSaved() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("saved");
        }
    }

    @Test
    void aTaskChangedSinceSavingIsRefusedWithTheDifference() {
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(Reviews.TASK)) {
            zero.save(saved);
        }
        ClassificationTask<Review, Sentiment> changed = Reviews.builder()
                .template("{text} All in all, it was {mask}.")
                .label(Sentiment.NEGATIVE, "awful")
                .build();
        assertThatThrownBy(() -> PromptPipeline.load(changed, saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("\"{text} It was {mask}.\"")
                .hasMessageContaining("\"{text} All in all, it was {mask}.\"")
                .hasMessageContaining("awful");
    }

    @Test
    void aFolderThatIsNotThereOrNotAPipelineIsRefused() {
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, folder.resolve("missing")))
                .hasMessageContaining("[ArchiveUnreadable]");
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, folder)).hasMessageContaining("[ArchiveUnreadable]");
    }
}
