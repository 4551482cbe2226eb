package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with them is told before the first step, not by the first evaluation. */
@SuppressWarnings("NullAway") // what callers without null checks pass
class DevelopmentExamplesTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    private final List<Integer> steps = new ArrayList<>();

    private final TrainingListener listener = new TrainingListener() {
        @Override
        public void onStep(StepEnded step) {
            steps.add(step.step());
        }
    };

    @Test
    void nullsAreRefusedByTheirNumber() {
        assertThat(refusedAmongOthers(null)).contains("Development example 17 is null.");
        assertThat(refusedAmongOthers(new Labeled<>(null, Sentiment.POSITIVE)))
                .contains("Development example 17's input is null.");
        assertThat(refusedAmongOthers(new Labeled<>(new Review("Fine."), null)))
                .contains("Development example 17's label is null.");
        assertThat(refusedAmongOthers(new Labeled<>(new Review(null), Sentiment.POSITIVE)))
                .contains("The component \"text\" of input 17 is null.");
    }

    @Test
    void aLabelOfAnotherTaskIsRefused() {
        ClassificationTask<Review, String> task = ClassificationTask.of(Review.class, String.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .label("good", "great")
                .label("bad", "terrible")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        List<Labeled<Review, String>> train =
                List.of(new Labeled<>(new Review("Fine."), "good"), new Labeled<>(new Review("Poor."), "bad"));
        List<Labeled<Review, String>> dev = List.of(new Labeled<>(new Review("Fine."), "god"));
        assertThat(refused(Problem.VERBALIZER_UNKNOWN_LABEL, trainer(task), train, dev))
                .contains("The label god of development example 1 is not one of the task's labels.")
                .contains("They are: good, bad.");
    }

    /** The words have two tokens each, so that a text has a token less room than beside one mask. */
    @Test
    void whatHasNoRoomBesideTheMasksOfTheLongestWordIsRefused() {
        ClassificationTask<Review, Sentiment> cramped = Reviews.asked("{text|fixed} It was {mask}.")
                .label(Sentiment.POSITIVE, "worth seeing")
                .label(Sentiment.NEGATIVE, "a waste")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("maxLength", 8))
                .build();
        List<Labeled<Review, Sentiment>> train = List.of(
                new Labeled<>(new Review("nice"), Sentiment.POSITIVE),
                new Labeled<>(new Review("ugly"), Sentiment.NEGATIVE));
        List<Labeled<Review, Sentiment>> dev = List.of(new Labeled<>(new Review("nice film"), Sentiment.POSITIVE));
        assertThat(refused(Problem.INPUT_TOO_LONG, trainer(cramped), train, dev))
                .contains("2 masks");
    }

    @Test
    void pairsAreRefusedLikewise(@TempDir Path folder) {
        Path model = TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
        List<TextPair<Place>> pairs = Places.pairs();
        Place place = pairs.get(0).input();
        assertRefused(model, pairs, null);
        assertRefused(model, pairs, new TextPair<>(null, "text"));
        assertRefused(model, pairs, new TextPair<>(place, null));
        assertRefused(model, pairs, new TextPair<>(new Place("a", null, "c"), "text"));
    }

    private void assertRefused(Path model, List<TextPair<Place>> train, TextPair<Place> dev) {
        TextTrainer<Place> trainer = TextTrainer.of(Places.task(model)).quiet().listener(listener);
        refused(Problem.INPUT_NULL, () -> trainer.fit(train, Collections.singletonList(dev))
                .close());
    }

    private String refusedAmongOthers(Labeled<Review, Sentiment> last) {
        List<Labeled<Review, Sentiment>> dev = new ArrayList<>(EXAMPLES);
        dev.add(last);
        return refused(Problem.INPUT_NULL, trainer(Reviews.TASK), EXAMPLES, dev);
    }

    private <L> String refused(
            Problem problem,
            PromptTrainer<Review, L> trainer,
            List<Labeled<Review, L>> train,
            List<Labeled<Review, L>> dev) {
        return refused(problem, () -> trainer.fit(train, dev).close());
    }

    private String refused(Problem problem, ThrowingCallable training) {
        ClozeException refused = catchThrowableOfType(ClozeException.class, training);
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(steps).isEmpty();
        return String.valueOf(refused.getMessage());
    }

    private <L> PromptTrainer<Review, L> trainer(ClassificationTask<Review, L> task) {
        return PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .listener(listener);
    }
}
