package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import org.junit.jupiter.api.Test;

/** What the compiler says of a template is said where there was no compiler, too. */
class AskingTemplateTest {

    @Test
    void aMaskOfAnotherNameIsNamed() {
        refused("{text} [MASK].")
                .hasMessageStartingWith("[TemplateMissingMask] The template has no {mask}")
                .hasMessageContaining("\"[MASK]\" is plain text to it")
                .hasMessageContaining("Write {mask} where the label word belongs: \"{text} {mask}.\"");
    }

    @Test
    void theCureIsTheTemplateItself() {
        refused("Review: {text}").hasMessageContaining("\"Review: {text} It was {mask}.\"");
    }

    @Test
    void everyInputWouldGetTheSameAnswer() {
        refused("It was {mask}.")
                .hasMessageStartingWith("[TemplateNoPlaceholder] The template has no placeholder")
                .hasMessageContaining("\"{text} It was {mask}.\"");
    }

    /** A cloze without an input is what {@code ClozePipelineTest} ranks words with. */
    @Test
    void thereWouldBeNothingToCalibrateBy() {
        ClozeTask<Reviews.Review> task = ClozeTask.of(Reviews.Review.class)
                .template("It was {mask}.")
                .candidates("great", "terrible")
                .calibration(Calibration.CONTEXTUAL)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        assertThatThrownBy(() -> ClozePipeline.zeroShot(task).close())
                .hasMessageStartingWith("[TemplateNoPlaceholder] The template has no placeholder")
                .hasMessageContaining("calibration = CONTEXTUAL")
                .hasMessageContaining("leave calibration out");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String template) {
        ClassificationTask<Reviews.Review, Reviews.Sentiment> task =
                Reviews.asked(template).build();
        return assertThatThrownBy(() -> PromptPipeline.zeroShot(task).close());
    }
}
