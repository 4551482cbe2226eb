package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTrainerTest {

    private static final List<TextPair<Place>> PAIRS = Places.pairs();

    @TempDir
    Path folder;

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void trainingLearnsWhatItIsShown(boolean encoderDecoder) {
        Path model = encoderDecoder ? seq2seq() : decoder();
        TextEvaluation before;
        try (TextPipeline<Place> untrained = TextPipeline.pretrained(Places.task(model))) {
            before = untrained.withOptions(options -> options.withMaxTokens(16)).evaluate(PAIRS);
        }
        try (TextPipeline<Place> tuned = fit(model, options -> options.withMaxSteps(300))) {
            TextEvaluation after = tuned.evaluate(PAIRS);
            assertThat(after.bleu()).isGreaterThan(before.bleu()).isGreaterThan(90);
            assertThat(after.rougeL()).isGreaterThan(90);
            assertThat(after.chrF()).isGreaterThan(90);
            assertThat(after.perplexity()).isLessThan(before.perplexity()).isBetween(1.0, 1.3);
            assertThat(after.n()).isEqualTo(PAIRS.size());
            assertThat(after.toString()).startsWith("BLEU ").contains("perplexity 1.");
            assertThat(tuned.generate(PAIRS.get(0).input()))
                    .isEqualTo(PAIRS.get(0).target());
        }
    }

    @Test
    void theSameSeedGivesTheSameLossesAndAnotherSeedOthers() {
        Path model = decoder();
        assertThat(losses(model, 5)).isEqualTo(losses(model, 5)).isNotEqualTo(losses(model, 6));
    }

    private List<Double> losses(Path model, long seed) {
        return heard(model, options -> options.withMaxSteps(6).withSeed(seed));
    }

    @Test
    void microBatchesMakeTheSameStepThoughTheirTargetsDifferInLength() {
        List<TextPair<Place>> pairs = new ArrayList<>(PAIRS.subList(0, 6));
        pairs.add(new TextPair<>(PAIRS.get(0).input(), "good"));
        pairs.add(new TextPair<>(PAIRS.get(1).input(), "great"));
        Path model = decoder();
        for (Compat compat : Compat.values()) {
            UnaryOperator<TrainingOptions> whole =
                    options -> options.withMaxSteps(4).withBatchSize(8).withCompat(compat);
            List<Double> once = heard(model, whole, pairs);
            List<Double> parts = heard(model, options -> whole.apply(options).withAccumulation(3), pairs);
            for (int i = 0; i < once.size(); i++) {
                assertThat(parts.get(i)).isCloseTo(once.get(i), within(1e-4 * once.get(i)));
            }
        }
    }

    @Test
    void theLossOfTheReferenceIsSummedOverATargetAndThePapersIsOfAToken() {
        Path model = decoder();
        UnaryOperator<TrainingOptions> one = options -> options.withMaxSteps(1).withBatchSize(1);
        List<TextPair<Place>> single = PAIRS.subList(0, 1);
        double perToken = heard(model, one, single).get(0);
        double summed = heard(model, options -> one.apply(options).withCompat(Compat.REFERENCE), single)
                .get(0);
        assertThat(summed).isCloseTo(perToken * 10, within(1e-3)); // nine words and full stop, and the end
    }

    @Test
    void aTrainingThatWasInterruptedGoesOnFromItsCheckpointAsIfItHadNot() {
        Path model = decoder();
        UnaryOperator<TrainingOptions> plan = options -> options.withMaxSteps(12);
        UnaryOperator<TrainingOptions> checkpointed = options -> plan.apply(options)
                .withCheckpointFolder(folder.resolve("checkpoints"))
                .withCheckpointEvery(4);
        List<Generated> expected;
        try (TextPipeline<Place> whole = fit(model, plan)) {
            expected = whole.generateAll(PAIRS.get(3).input());
        }
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (step.step() == 6) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        trainer(model, checkpointed).listener(interrupting).fit(PAIRS).close();
        assertThat(Thread.interrupted()).isTrue();
        List<Integer> steps = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step.step());
            }
        };
        try (TextPipeline<Place> resumed =
                trainer(model, checkpointed).listener(counting).fit(PAIRS)) {
            assertThat(steps).containsExactly(7, 8, 9, 10, 11, 12);
            Generated text = resumed.generateAll(PAIRS.get(3).input()).get(0);
            assertThat(text.ids()).isEqualTo(expected.get(0).ids());
            assertThat(text.logProbability()).isEqualTo(expected.get(0).logProbability());
        }
    }

    @Test
    void aCheckpointWithAnotherDevelopmentSetIsRefused() {
        TextTrainer<Place> trainer = trainer(decoder(), options -> options.withMaxSteps(2)
                .withCheckpointEvery(1)
                .withCheckpointFolder(folder.resolve("checkpoints")));
        trainer.fit(PAIRS, PAIRS.subList(0, 4)).close();
        trainer.fit(PAIRS, PAIRS.subList(0, 4)).close();
        assertThatThrownBy(() -> trainer.fit(PAIRS, PAIRS.subList(0, 5)))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_CHECKPOINT))
                .hasMessageContaining("development data: ")
                .hasMessageNotContaining("training data: ");
    }

    @Test
    void theBestWeightsOnTheDevelopmentPairsAreKept() {
        List<Double> scores = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onEvaluation(EvaluationEnded evaluation) {
                scores.add(evaluation.score());
            }
        };
        List<TextPair<Place>> dev = PAIRS.subList(20, 24);
        UnaryOperator<TrainingOptions> plan = options -> options.withMaxSteps(60)
                .withEvaluateEvery(10)
                .withLearningRate(0.03)
                .withSchedule(TrainingOptions.Schedule.CONSTANT);
        try (TextPipeline<Place> tuned =
                trainer(decoder(), plan).listener(listener).fit(PAIRS.subList(0, 20), dev)) {
            double best = scores.stream().mapToDouble(score -> score).max().orElseThrow();
            assertThat(scores).hasSize(6);
            assertThat(Math.log(tuned.perplexity(dev))).isCloseTo(-best, within(1e-5));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without null checks pass
    void noPairsAndNullsAreRefused() {
        Path model = decoder();
        assertRefused(Problem.TRAINING_TOO_FEW_EXAMPLES, model, List.of());
        assertRefused(Problem.INPUT_NULL, model, List.of(new TextPair<>(null, "text")));
        assertRefused(Problem.INPUT_NULL, model, List.of(new TextPair<>(new Place("a", null, "c"), "text")));
        assertRefused(
                Problem.INPUT_NULL, model, List.of(new TextPair<>(PAIRS.get(0).input(), null)));
        assertRefused(Problem.INPUT_NULL, model, Collections.singletonList(null));
    }

    private static void assertRefused(Problem problem, Path model, List<TextPair<Place>> pairs) {
        assertThatThrownBy(() -> trainer(model, options -> options).fit(pairs))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void theShareOfCutPairsIsToldToListenersAndInTheEvaluation() {
        List<TextPair<Place>> pairs = List.of(
                PAIRS.get(0),
                PAIRS.get(1),
                PAIRS.get(2),
                new TextPair<>(PAIRS.get(3).input(), "the ".repeat(200)));
        List<Double> shares = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                shares.add(started.cutShare());
            }
        };
        try (TextPipeline<Place> tuned = trainer(decoder(), options -> options.withMaxSteps(1))
                .listener(listener)
                .fit(pairs)) {
            assertThat(shares).containsExactly(0.25);
            assertThat(tuned.evaluate(pairs).cutShare()).isEqualTo(0.25);
        }
    }

    @Test
    void aLossThatIsNoNumberStopsTheTrainingAndTheBestWeightsAreSaved() {
        TextTask<Place> task = Places.task(TinyModels.broken(folder.resolve("broken"), 48, Places.words()));
        List<TextPair<Place>> pairs = new ArrayList<>(PAIRS);
        pairs.add(new TextPair<>(PAIRS.get(0).input(), "the ".repeat(100)));
        ClozeException diverged = catchThrowableOfType(ClozeException.class, () -> TextTrainer.of(task)
                .quiet()
                .options(options -> options.withBatchSize(1)
                        .withMaxSteps(40)
                        .withEvaluateEvery(1)
                        .withCheckpointFolder(folder.resolve("checkpoints")))
                .fit(pairs, PAIRS.subList(0, 3)));
        assertThat(diverged.problem()).isEqualTo(Problem.TRAINING_DIVERGED);
        Path saved = folder.resolve("checkpoints-diverged");
        assertThat(diverged).hasMessageContaining(saved.toString());
        try (TextPipeline<Place> rescued = TextPipeline.load(task, saved)) {
            assertThat(rescued.perplexity(PAIRS)).isFinite();
        }
    }

    private Path decoder() {
        return TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
    }

    private Path seq2seq() {
        return TinyModels.encoderDecoder(folder.resolve("t5"), Places.words());
    }

    private static List<Double> heard(Path model, UnaryOperator<TrainingOptions> change) {
        return heard(model, change, PAIRS);
    }

    private static List<Double> heard(Path model, UnaryOperator<TrainingOptions> change, List<TextPair<Place>> pairs) {
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                losses.add(step.loss());
            }
        };
        trainer(model, change).listener(listener).fit(pairs).close();
        return losses;
    }

    private static TextTrainer<Place> trainer(Path model, UnaryOperator<TrainingOptions> change) {
        return TextTrainer.of(Places.task(model))
                .quiet()
                .options(options -> change.apply(options.withLearningRate(5e-3)));
    }

    private static TextPipeline<Place> fit(Path model, UnaryOperator<TrainingOptions> change) {
        return trainer(model, change).fit(PAIRS);
    }
}
