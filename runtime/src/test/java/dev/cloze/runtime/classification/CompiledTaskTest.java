package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks declared by hand, which no compiler has checked. */
class CompiledTaskTest {

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
        ClassificationTask<Review, Sentiment> task =
                Reviews.builder().template(template).build();
        assertThatThrownBy(() -> PromptPipeline.zeroShot(task))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(part);
        assertThatThrownBy(() -> PromptTrainer.of(task).quiet().fit(Reviews.examples()))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }
}
