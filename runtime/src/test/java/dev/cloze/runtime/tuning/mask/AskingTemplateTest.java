package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.spi.ClassificationTask;
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

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(String template) {
        ClassificationTask<Reviews.Review, Reviews.Sentiment> task =
                Reviews.asked(template).build();
        return assertThatThrownBy(() -> PromptPipeline.zeroShot(task).close());
    }
}
