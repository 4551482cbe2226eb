package dev.cloze.cli.serve.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedTaskTest {

    @TempDir
    Path folder;

    private final AtomicInteger tried = new AtomicInteger();

    /** The second time there is no memory for it. */
    private AutoCloseable opened(SpokenTask task) {
        if (tried.incrementAndGet() == 2) {
            throw new OutOfMemoryError("Java heap space");
        }
        return () -> {};
    }

    @Test
    void anErrorWhileItIsOpenedAnewIsItsTroubleUntilItIsOpened() {
        Path archive = folder.resolve("saved");
        save(archive);
        ServedTask<AutoCloseable> task = new ServedTask<>(TaskSource.saved("saved", archive), this::opened);
        assertThat(task.trouble()).isEmpty();

        assertThatThrownBy(task::reload).isInstanceOf(OutOfMemoryError.class);
        assertThat(task.trouble()).hasValueSatisfying(said -> assertThat(said)
                .contains("[InternalError]", "OutOfMemoryError: Java heap space"));
        task.reload();
        assertThat(task.trouble()).isEmpty();
        task.close();
    }

    private static void save(Path archive) {
        SpokenTask reviews = new SpokenTask(
                List.of("{text} It was {mask}."),
                Map.of("positive", List.of("great"), "negative", List.of("bad")),
                "cloze-tiny-en",
                TuningMethod.PROMPT_TUNING,
                MultiTokenWords.JOINT,
                Calibration.NONE,
                Map.of("promptLength", "4"));
        try (PromptPipeline<DataRow, String> tuned = PromptTrainer.of(reviews.declared())
                .quiet()
                .options(options -> options.withMaxSteps(1))
                .fit(List.of(example("a great film", "positive"), example("a dull mess", "negative")))) {
            tuned.save(archive);
        }
    }

    private static Labeled<DataRow, String> example(String text, String label) {
        return new Labeled<>(new DataRow(Path.of("test"), 1, Map.of("text", text)), label);
    }
}
