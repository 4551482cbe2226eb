package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.Verbalizer.VectorStart;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the options of each kind of verbalizer. */
@ExtendWith(NothingLeftOpen.class)
class VerbalizerOptionsTest {

    /** Three labels, as prototypes and words are joined of no fewer. */
    private enum Mood {
        GOOD,
        BAD,
        NONE
    }

    /** Words of which some tell no more of their label than of another. */
    private static final ClassificationTask<Review, Mood> TASK = ClassificationTask.of(Review.class, Mood.class)
            .template("{text} It was {mask}.")
            .placeholder("text", Review::text)
            .label(Mood.GOOD, "great", "good", "table", "water")
            .label(Mood.BAD, "terrible", "bad", "city")
            .label(Mood.NONE, "okay", "fine")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
            .build();

    private static final Review ASKED = new Review("A film that I would see again.");

    private final List<Double> losses = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void vectorsStartAsTheirStartSays() {
        for (VectorStart start : VectorStart.values()) {
            fit(VerbalizerKind.SOFT, with(VerbalizerOptions.VECTOR_START, start))
                    .close();
        }
        assertThat(losses).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void wordsThatTellNoMoreOfTheirLabelAreLeftOutWhereTheyAreToBe() {
        for (boolean relevance : new boolean[] {true, false}) {
            fit(VerbalizerKind.KNOWLEDGEABLE, with(VerbalizerOptions.RELEVANCE, relevance))
                    .close();
        }
        assertThat(losses).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void prototypesAreLearntInTheirStepsAndHaveTheirSize() throws IOException {
        try (PromptPipeline<Review, Mood> few =
                        fit(VerbalizerKind.PROTOTYPES, with(VerbalizerOptions.PROTOTYPE_STEPS, 1));
                PromptPipeline<Review, Mood> usual = fit(VerbalizerKind.PROTOTYPES, options -> options);
                PromptPipeline<Review, Mood> narrow =
                        fit(VerbalizerKind.PROTOTYPES, with(VerbalizerOptions.PROTOTYPE_SIZE, 5))) {
            assertThat(few.predict(ASKED)).isNotEqualTo(usual.predict(ASKED));
            narrow.save(folder.resolve("narrow"));
        }
        try (Checkpoint tensors = Checkpoint.openFile(folder.resolve("narrow").resolve("tuned.safetensors"))) {
            assertThat(tensors.shape("verbalizer.prototypes")).containsExactly(3, 5);
        }
    }

    @Test
    void wordsCountBesidePrototypesWhereTheyAreTo() {
        try (PromptPipeline<Review, Mood> alone =
                        fit(VerbalizerKind.PROTOTYPES, with(VerbalizerOptions.WITH_WORDS, false));
                PromptPipeline<Review, Mood> both =
                        fit(VerbalizerKind.PROTOTYPES, with(VerbalizerOptions.WITH_WORDS, true))) {
            assertThat(alone.predict(ASKED).words()).isEmpty();
            assertThat(both.predict(ASKED).words()).hasSize(9);
            assertThat(both.predict(ASKED).probabilities())
                    .isNotEqualTo(alone.predict(ASKED).probabilities());
        }
    }

    private static <T> UnaryOperator<TrainingOptions> with(Option<T> option, T value) {
        return options -> options.with(option, value);
    }

    /** A single step, whose loss is remembered. */
    private PromptPipeline<Review, Mood> fit(VerbalizerKind kind, UnaryOperator<TrainingOptions> change) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        return PromptTrainer.of(TASK)
                .quiet()
                .listener(listener)
                .options(options -> change.apply(
                        options.withMaxSteps(1).withEvaluateEvery(0).with(VerbalizerOptions.KIND, kind)))
                .fit(examples());
    }

    /** Reviews that have the three labels in turn, whatever they say. */
    private static List<Labeled<Review, Mood>> examples() {
        List<Labeled<Review, Mood>> examples = new ArrayList<>();
        for (Labeled<Review, Reviews.Sentiment> one : Reviews.examples()) {
            examples.add(new Labeled<>(one.input(), Mood.values()[examples.size() % 3]));
        }
        return examples;
    }
}
