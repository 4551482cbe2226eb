package dev.cloze.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.TfIdf.Classifier;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TfIdfOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods without a language model on public data. */
class BaselinesTest {

    private record Text(String text) {}

    /** The names of the files' labels. */
    private enum Question {
        DESC,
        ENTY,
        ABBR,
        HUM,
        LOC,
        NUM
    }

    private enum Meal {
        Positive,
        Negative
    }

    private PublicDatasets datasets = new PublicDatasets(Path.of(""));

    @BeforeEach
    void findData() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        datasets = new PublicDatasets(SharedFolder.data().orElseThrow());
    }

    /** scikit-learn 1.9.1 with its defaults, and a tolerance of 1e-10, gets 0.760 and 0.852. */
    @ParameterizedTest
    @CsvSource({"NAIVE_BAYES, 0.760", "LOGISTIC_REGRESSION, 0.852"})
    void tfIdfIsAsAccurateOnQuestionsAsScikitLearn(Classifier classifier, double expected) {
        double accuracy =
                accuracyOnQuestions(TuningMethod.TF_IDF, options -> options.with(TfIdfOptions.CLASSIFIER, classifier));
        assertThat(accuracy).isCloseTo(expected, within(0.0021)); // one question of 500
    }

    /** The most frequent label has 0.276. Under two passes over the examples are not all that it can learn. */
    @Test
    void anLstmLearnsQuestions() {
        double accuracy = accuracyOnQuestions(
                TuningMethod.LSTM, options -> options.withMaxSteps(300).withBatchSize(32));
        assertThat(accuracy).isGreaterThan(0.276 + 0.4);
    }

    private double accuracyOnQuestions(TuningMethod method, UnaryOperator<TrainingOptions> options) {
        ClassificationTask.Builder<Text, Question> task = ClassificationTask.of(Text.class, Question.class);
        for (Question label : Question.values()) {
            task.label(label);
        }
        Dataset questions = datasets.trec();
        return accuracy(
                task,
                method,
                options,
                labeled(questions.train(), Question.class),
                labeled(questions.test(), Question.class));
    }

    /** Two thirds are Negative. Every fifth text is left to test on. */
    @Test
    void chineseReviewsAreReadByCharactersAndPairs() {
        ClassificationTask.Builder<Text, Meal> task = ClassificationTask.of(Text.class, Meal.class)
                .label(Meal.Positive)
                .label(Meal.Negative);
        List<Labeled<Text, Meal>> train = labeled(datasets.deliveries(), Meal.class);
        List<Labeled<Text, Meal>> test = new ArrayList<>();
        for (int i = train.size() - 1; i >= 0; i -= 5) {
            test.add(train.remove(i));
        }
        double accuracy = accuracy(
                task,
                TuningMethod.TF_IDF,
                options -> options.with(TfIdfOptions.CLASSIFIER, Classifier.LOGISTIC_REGRESSION),
                train,
                test);
        assertThat(accuracy).isGreaterThan(0.667 + 0.15);
    }

    private static <L> double accuracy(
            ClassificationTask.Builder<Text, L> task,
            TuningMethod method,
            UnaryOperator<TrainingOptions> options,
            List<Labeled<Text, L>> train,
            List<Labeled<Text, L>> test) {
        ClassificationTask<Text, L> built = task.template("{text}")
                .placeholder("text", Text::text)
                .tuning(TaskTuning.of(method))
                .build();
        try (PromptPipeline<Text, L> pipeline =
                PromptTrainer.of(built).quiet().options(options).fit(train)) {
            return pipeline.evaluate(test).accuracy();
        }
    }

    private static <L extends Enum<L>> List<Labeled<Text, L>> labeled(List<TextExample> examples, Class<L> labels) {
        List<Labeled<Text, L>> labeled = new ArrayList<>();
        for (TextExample example : examples) {
            labeled.add(new Labeled<>(new Text(example.text()), Enum.valueOf(labels, example.label())));
        }
        return labeled;
    }
}
