package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.Ratings;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the options of methods that show demonstrations. */
class DemonstrationOptionsTest {

    private static final Review LONG = new Review(
            "A film that I would see again and again, with whoever comes along and at any time of the year.");

    @ParameterizedTest
    @EnumSource(names = {"IN_CONTEXT", "LM_BFF"})
    void textsAreCutWhereTheLimitsSay(TuningMethod method) {
        Prediction<Sentiment> usual = answer(method, options -> options);
        assertThat(usual.cut()).isFalse();
        assertThat(answer(method, options -> options.with(DemonstrationOptions.INPUT_LIMIT, 10))
                        .cut())
                .isTrue();
        Prediction<Sentiment> shorter =
                answer(method, options -> options.with(DemonstrationOptions.DEMONSTRATION_LIMIT, 3));
        assertThat(shorter.cut()).as("what is cut is no input").isFalse();
        assertThat(shorter.probabilities()).isNotEqualTo(usual.probabilities());
    }

    private static Prediction<Sentiment> answer(TuningMethod method, UnaryOperator<TrainingOptions> change) {
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Reviews.TASK)
                .method(method)
                .quiet()
                .options(options -> change.apply(method == TuningMethod.LM_BFF ? hardlyTrained(options) : options));
        try (PromptPipeline<Review, Sentiment> pipeline = trainer.fit(Reviews.examples())) {
            return pipeline.predict(LONG);
        }
    }

    /** Whether demonstrations are the same for every input or like it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "cloze-tiny-en"})
    void theDevelopmentSetIsMeasuredWithItsOwnNumberOfSets(String similarity) {
        double ofOne = score(similarity, 1);
        assertThat(score(similarity, 1)).isEqualTo(ofOne);
        assertThat(score(similarity, 4)).isNotEqualTo(ofOne);
    }

    /** Pearson's correlation, which hears of every difference. */
    private static double score(String similarity, int devSets) {
        List<Double> scores = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onEvaluation(EvaluationEnded evaluation) {
                scores.add(evaluation.score());
            }
        };
        List<Rated<Review>> examples = Ratings.examples();
        RegressionTrainer.of(Ratings.TASK)
                .method(TuningMethod.LM_BFF)
                .quiet()
                .listener(listener)
                .options(options -> similar(similarity, hardlyTrained(options))
                        .withEvaluateEvery(1)
                        .with(LmBffOptions.DEV_SETS, devSets))
                .fit(examples.subList(0, 8), examples.subList(8, 16))
                .close();
        assertThat(scores).hasSize(1);
        return scores.get(0);
    }

    private static TrainingOptions similar(String model, TrainingOptions options) {
        return model.isEmpty() ? options : options.with(DemonstrationOptions.SIMILARITY, model);
    }

    private static TrainingOptions hardlyTrained(TrainingOptions options) {
        return options.withMaxSteps(1).withLearningRate(1e-9).with(LmBffOptions.SETS, 1);
    }
}
