package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnevenWordsWarningTest {

    private static final String MODEL = "cloze-tiny-en";

    @Test
    void labelsThatRequestsNameAreNotWarnedOfForEver() {
        SaidOnce said = new SaidOnce(100);
        try (LanguageModel model = LanguageModel.open(MODEL)) {
            List<String> log = Logged.during(() -> {
                for (int i = 0; i < 10_000; i++) {
                    UnevenWordsWarning.of(compiled("label " + i, model), said);
                }
            });
            List<String> warned = log.stream()
                    .filter(line -> line.contains("[VerbalizerMultiTokenWord]"))
                    .toList();
            assertThat(warned).hasSize(100).doesNotHaveDuplicates();
        }
    }

    @Test
    void eachIsSaidOnce() {
        SaidOnce said = new SaidOnce(2);
        assertThat(said.isNew("one")).isTrue();
        assertThat(said.isNew("one")).isFalse();
        assertThat(said.isNew("two")).isTrue();
        assertThat(said.isNew("three")).isFalse();
    }

    private static CompiledTask compiled(String label, LanguageModel model) {
        LabelTask task = LabelTask.of(ClassificationTask.of(Review.class, String.class)
                .template("{text} It was {mask}")
                .placeholder("text", Review::text)
                .label(label, "unforgettable")
                .label("bad", "bad")
                .multiTokenWords(MultiTokenWords.PARALLEL)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, MODEL))
                .build());
        return CompiledTask.of(task, task.templates().get(0), model);
    }
}
