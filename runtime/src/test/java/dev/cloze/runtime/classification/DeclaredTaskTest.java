package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks declared by hand, which no compiler has checked. */
class DeclaredTaskTest {

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{text} {soft} {mask}; TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD; {soft} at column 8",
                "{text} {soft:\"It was\"} {mask}; TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD; PROMPT_FINE_TUNING",
                "{text} It was good.; TEMPLATE_MISSING_MASK; no {mask}",
                "''; TEMPLATE_MISSING_MASK; no {mask}",
                "{mask} {text} {mask}; TEMPLATE_REPEATED_MASK; column 15",
                "{text} {mask; TEMPLATE_SYNTAX; closing brace"
            })
    void aTemplateThatTheCompilerRefusesIsRefused(String template, Problem problem, String part) {
        ClassificationTask<Review, Sentiment> task = Reviews.asked(template).build();
        assertThatThrownBy(() -> PromptPipeline.zeroShot(task))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(part);
        assertThatThrownBy(() -> PromptTrainer.of(task).quiet().fit(Reviews.examples()))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void anOptionThatNobodyDeclaredIsRefusedWithTheNearest() {
        TaskTuning tuning = Reviews.TASK.tuning();
        assertRefused(
                () -> tuning.with("batchsize", 4), Problem.TUNING_OPTION_NOT_APPLICABLE, "Did you mean \"batchSize\"?");
        assertRefused(
                () -> tuning.with("maxLength", 7),
                Problem.TUNING_OPTION_OUT_OF_RANGE,
                "maxLength is 7, but its range is 8 to what the model can read");
        assertRefused(() -> tuning.with("maxSteps", "many"), Problem.TUNING_OPTION_OUT_OF_RANGE, "which is no Integer");
        assertThat(tuning.with("maxSteps", 5).options().isSet(TuningOptions.MAX_STEPS))
                .isTrue();
    }

    @Test
    void severalTemplatesAreForMethodsThatTakeThem() {
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .template("{mask}: {text}")
                .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT, "cloze-tiny-en"))
                .build();
        assertThat(task.templates()).extracting("text").containsExactly("{text} It was {mask}.", "{mask}: {text}");
        assertRefused(() -> PromptPipeline.zeroShot(task), Problem.TUNING_SEVERAL_TEMPLATES, "has 2 templates");
        assertRefused(
                () -> PromptTrainer.of(task).quiet().fit(Reviews.examples()),
                Problem.TUNING_SEVERAL_TEMPLATES,
                "IN_CONTEXT takes one");
    }

    @Test
    void aTemplateMayHaveWordsOfItsOwn() {
        ClassificationTask<Review, Sentiment> task = ClassificationTask.of(Review.class, Sentiment.class)
                .template(
                        "{text} It was {mask}.",
                        Map.of(Sentiment.POSITIVE, List.of("great"), Sentiment.NEGATIVE, List.of("terrible")))
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "good")
                .label(Sentiment.NEGATIVE, "bad")
                .tuning(Reviews.TASK.tuning())
                .build();
        try (PromptPipeline<Review, Sentiment> zero = PromptPipeline.zeroShot(task)) {
            assertThat(zero.predict(new Review("Fine.")).words())
                    .extracting("word")
                    .containsExactlyInAnyOrder("great", "terrible");
        }
    }

    private static void assertRefused(ThrowingCallable call, Problem problem, String part) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(part);
    }
}
