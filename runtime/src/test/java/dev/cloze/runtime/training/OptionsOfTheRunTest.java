package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.Meals;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An option that the method of a run doesn't have is refused before anything is trained, whoever wrote it. */
class OptionsOfTheRunTest {

    @Test
    void ofARun() {
        assertRefused(TuningMethod.FINE_TUNING, options -> options.withLoss(LabelLoss.HINGE), "loss", "FINE_TUNING");
        assertRefused(TuningMethod.TF_IDF, options -> options.withMaxSteps(5), "maxSteps", "TF_IDF");
        assertRefused(
                TuningMethod.SETFIT,
                options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.SOFT),
                "kind",
                "SETFIT");
        assertRefused(
                TuningMethod.PET, options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.SOFT), "kind", "PET");
        assertRefused(
                TuningMethod.PROMPT_FINE_TUNING,
                options -> options.with(TuningOptions.PROMPT_LENGTH, 4),
                "promptLength",
                "PROMPT_FINE_TUNING");
        assertRefused(
                TuningMethod.PROMPT_FINE_TUNING,
                options -> options.with(TuningOptions.FREEZE_BACKBONE, true),
                "freezeBackbone",
                "PROMPT_FINE_TUNING");
    }

    @Test
    void ofAKindOfTask(@TempDir Path folder) {
        String decoder =
                TinyModels.decoder(folder.resolve("decoder"), 64, List.of()).toString();
        TextTask<Review> task = TextTask.of(Review.class)
                .template("{text}")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, decoder))
                .build();
        assertThatThrownBy(() -> TextTrainer.of(task)
                        .quiet()
                        .options(options -> options.withLoss(LabelLoss.HINGE))
                        .fit(List.of(new TextPair<>(new Review("a"), "b"))))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE))
                .hasMessageContaining("The option loss means nothing to PROMPT_FINE_TUNING of a task of the kind TEXT");
    }

    @Test
    void ofATaskThatLabelsSpans() {
        assertOfSpans(TuningMethod.FINE_TUNING, options -> options.with(TuningOptions.FREEZE_BACKBONE, true));
        assertOfSpans(TuningMethod.PROMPT_FINE_TUNING, options -> options.withLoss(LabelLoss.HINGE));
        assertOfSpans(TuningMethod.PROMPT_FINE_TUNING, options -> options.with(TuningOptions.PROMPT_LENGTH, 3));
        assertOfSpans(
                TuningMethod.PROMPT_FINE_TUNING, options -> options.with(VerbalizerOptions.KIND, VerbalizerKind.SOFT));
    }

    private static void assertOfSpans(TuningMethod method, UnaryOperator<TrainingOptions> options) {
        assertThatThrownBy(() -> ExtractionTrainer.of(Meals.builder().build())
                        .method(method)
                        .options(options)
                        .quiet()
                        .fit(Meals.examples()))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE));
    }

    @Test
    void ofADeclaration() {
        ClassificationTask<Review, Sentiment> declared = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en").with("loss", LabelLoss.HINGE))
                .build();
        assertThatThrownBy(() -> PromptTrainer.of(declared).quiet().fit(Reviews.examples()))
                .hasMessageContaining("The option loss means nothing to FINE_TUNING");
    }

    /** One class serves every method: what is written for its own means nothing to others, and is not theirs. */
    @Test
    void whatATaskSaysForItsMethodIsLeftOutByOthers() {
        TaskTuning soft = TaskTuning.of(TuningMethod.P_TUNING, "cloze-tiny-en")
                .with("loss", LabelLoss.HINGE)
                .with("freezeBackbone", true)
                .with("kind", VerbalizerKind.SOFT)
                .with("maxLength", 64);
        assertThat(soft.withMethod(TuningMethod.FINE_TUNING).options().written().keySet())
                .containsExactly(TuningOptions.MAX_LENGTH);
        assertThat(soft.withMethod(TuningMethod.PREFIX_TUNING)
                        .options()
                        .written()
                        .keySet())
                .containsExactly(TuningOptions.LOSS, VerbalizerOptions.KIND, TuningOptions.MAX_LENGTH);
    }

    private static void assertRefused(
            TuningMethod method, UnaryOperator<TrainingOptions> change, String option, String named) {
        assertThatThrownBy(() -> PromptTrainer.of(Reviews.TASK)
                        .method(method)
                        .quiet()
                        .options(change)
                        .fit(Reviews.examples(), List.of(), List.of(new Review("x"))))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_OPTION_NOT_APPLICABLE))
                .hasMessageContaining("The option " + option + " means nothing to " + named);
    }
}
