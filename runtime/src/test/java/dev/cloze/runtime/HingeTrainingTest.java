package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the loss is chosen, trainings make the hinge loss small of what pipelines say that nobody has trained. */
@ExtendWith(NothingLeftOpen.class)
class HingeTrainingTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final String BEHIND = "{text} It was {mask}.";
    private static final String BEFORE = "Just {mask}! {text}";

    @TempDir
    Path folder;

    private String model = "";

    @BeforeEach
    void copy() throws IOException {
        model = TinyModels.withoutDropout("cloze-tiny-en", folder.resolve("model"))
                .toString();
    }

    @Test
    void promptFineTuning() {
        ClassificationTask<Review, Sentiment> task =
                plain(TuningMethod.PROMPT_FINE_TUNING, BEHIND).build();
        assertFirstLosses(firstLosses(task, EXAMPLES, options -> options), hinge(task, EXAMPLES));
    }

    /** Examples of a label are alike, so that it doesn't matter which are drawn as demonstrations. */
    @Test
    void lmBff() {
        List<Labeled<Review, Sentiment>> alike = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            alike.add(new Labeled<>(new Review("A lovely film."), Sentiment.POSITIVE));
            alike.add(new Labeled<>(new Review("A dull film."), Sentiment.NEGATIVE));
        }
        String shown = BEHIND + " {special:\"[SEP]\"} A lovely film. It was great."
                + " {special:\"[SEP]\"} A dull film. It was terrible.";
        assertFirstLosses(
                firstLosses(
                        plain(TuningMethod.LM_BFF, BEHIND).build(),
                        alike,
                        options -> options.with(LmBffOptions.SETS, 1)),
                hinge(plain(TuningMethod.LM_BFF, shown).build(), alike));
    }

    @Test
    void eachPatternOfPet() {
        Map<Sentiment, List<String>> words =
                Map.of(Sentiment.POSITIVE, List.of("wonderful"), Sentiment.NEGATIVE, List.of("awful"));
        ClassificationTask<Review, Sentiment> both =
                plain(TuningMethod.PET, BEHIND).template(BEFORE, words).build();
        List<Double> losses = firstLosses(both, EXAMPLES, options -> options.with(PetOptions.REPETITIONS, 1)
                .with(PetOptions.DISTILLATION_STEPS, 1));
        assertThat(losses).as("of each pattern and of the classifier").hasSize(3);
        assertFirstLosses(
                losses.subList(0, 2),
                hinge(plain(TuningMethod.PET, BEHIND).build(), EXAMPLES),
                hinge(asked(TuningMethod.PET, BEFORE, "wonderful", "awful").build(), EXAMPLES));
    }

    private ClassificationTask.Builder<Review, Sentiment> plain(TuningMethod method, String template) {
        return asked(method, template, "great", "terrible");
    }

    private ClassificationTask.Builder<Review, Sentiment> asked(
            TuningMethod method, String template, String positive, String negative) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template(template)
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, positive)
                .label(Sentiment.NEGATIVE, negative)
                .tuning(TaskTuning.of(method, model));
    }

    /** The mean of what the right label's log-probability lacks of a margin of one. */
    private static double hinge(ClassificationTask<Review, Sentiment> task, List<Labeled<Review, Sentiment>> examples) {
        double sum = 0;
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(task)) {
            for (Labeled<Review, Sentiment> example : examples) {
                double right = zero.predict(example.input()).probabilities().getOrDefault(example.label(), 0.0);
                sum += Math.max(0, 1 - (Math.log(right) - Math.log(1 - right)));
            }
        }
        return sum / examples.size();
    }

    /** The loss of all examples before the first update, for each training of a run. */
    private static List<Double> firstLosses(
            ClassificationTask<Review, Sentiment> task,
            List<Labeled<Review, Sentiment>> examples,
            UnaryOperator<TrainingOptions> change) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        PromptTrainer.of(task)
                .quiet()
                .listener(listener)
                .options(options -> change.apply(
                        options.withMaxSteps(1).withBatchSize(examples.size()).withLoss(LabelLoss.HINGE)))
                .fit(
                        examples,
                        List.of(),
                        task.tuning().method() == TuningMethod.PET ? Patterns.unlabeled(4) : List.of())
                .close();
        return losses;
    }

    private static void assertFirstLosses(List<Double> losses, double... expected) {
        assertThat(losses).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(losses.get(i)).isCloseTo(expected[i], within(1e-4));
        }
    }
}
