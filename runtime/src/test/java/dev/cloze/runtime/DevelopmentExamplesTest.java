package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Meals.Meal;
import dev.cloze.runtime.Meals.Slot;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
                .contains("The component \"text\" of development example 17 is null.");
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

    /** Whatever kind of task it is; what is chosen by them would be chosen by what was learnt by heart. */
    @Test
    void thoseThatAreTrainingExamplesAreToldOf(@TempDir Path folder) {
        AtomicInteger calls = new AtomicInteger();
        UnaryOperator<TrainingOptions> once = options -> options.withMaxSteps(Math.min(1, calls.incrementAndGet()));
        assertTold(() -> PromptTrainer.of(Reviews.TASK).quiet().options(once).fit(EXAMPLES, some(EXAMPLES)));
        List<Rated<Review>> rated = Ratings.examples();
        assertTold(
                () -> RegressionTrainer.of(Ratings.TASK).quiet().options(once).fit(rated, some(rated)));
        List<Answered<Review>> answered = Gaps.examples();
        assertTold(() ->
                ClozeTrainer.of(Gaps.builder().build()).quiet().options(once).fit(answered, some(answered)));
        List<Extracted<Meal, Slot>> meals = Meals.examples();
        assertTold(() -> ExtractionTrainer.of(Meals.builder().build())
                .quiet()
                .options(once)
                .fit(meals, some(meals)));
        Path model = TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
        List<TextPair<Place>> pairs = Places.pairs();
        assertTold(
                () -> TextTrainer.of(Places.task(model)).quiet().options(once).fit(pairs, some(pairs)));
    }

    private static <T> List<T> some(List<T> examples) {
        return examples.subList(0, 2);
    }

    private static void assertTold(Supplier<? extends AutoCloseable> fit) {
        assertThat(Logged.during(() -> closed(fit.get())))
                .anyMatch(line -> line.contains("2 of 2 development examples are training examples too."));
    }

    private static void closed(AutoCloseable pipeline) {
        try (pipeline) {
            assertThat(pipeline).isNotNull();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Which list it stands in is said, and at which place. */
    @Test
    void nullsOfEveryListAreToldApart(@TempDir Path folder) {
        List<Labeled<Review, Sentiment>> train = new ArrayList<>(EXAMPLES);
        train.set(4, new Labeled<>(new Review(null), Sentiment.NEGATIVE));
        assertThat(refused(Problem.INPUT_NULL, trainer(Reviews.TASK), train, EXAMPLES))
                .contains("The component \"text\" of training example 5 is null.");
        PromptTrainer<Review, Sentiment> pet = trainer(Reviews.TASK).method(TuningMethod.PET);
        assertThat(refused(
                        Problem.INPUT_NULL, () -> pet.fit(EXAMPLES, List.of(), Arrays.asList(new Review("Fine."), null))
                                .close()))
                .contains("Unlabelled input 2 is null.");
        List<Extracted<Meal, Slot>> meals = new ArrayList<>(Meals.examples());
        meals.set(2, new Extracted<>(new Meal(null), List.of()));
        ExtractionTrainer<Meal, Slot> spans =
                ExtractionTrainer.of(Meals.builder().build());
        assertThat(refused(Problem.INPUT_NULL, () -> spans.fit(Meals.examples(), meals)
                        .close()))
                .contains("The component \"text\" of development example 3 is null.");
        Path model = TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
        List<TextPair<Place>> pairs = new ArrayList<>(Places.pairs());
        pairs.set(1, new TextPair<>(pairs.get(1).input(), null));
        TextTrainer<Place> writer = TextTrainer.of(Places.task(model)).quiet().listener(listener);
        assertThat(refused(Problem.INPUT_NULL, () -> writer.fit(pairs).close()))
                .contains("The target of training pair 2 is null.");
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
