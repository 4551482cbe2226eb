package example;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Classifies a {@link Writers.NextToken} as a {@link Writers.Answer}.
 *
 * <p>The model reads <code>&#123;text&#125; It was &#123;mask&#125; <br></code>
 *
 * <p>Tuning trains all weights of the model, {@code tiny-decoder}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "good" as {@code \u0120go od}, "unforgettable" as {@code \u0120un f org et ta ble}
 * <li>NO: "bad" as {@code \u0120bad}
 * </ul>
 *
 * <p>Of 64 tokens the template takes 9 (3 of text, 0 special, 6 masks); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 55
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Writers_NextTokenPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Writers.NextToken, Writers.Answer> TASK = ClassificationTask.of(Writers.NextToken.class, Writers.Answer.class)
            .template("{text} It was {mask} \n")
            .placeholder("text", Writers.NextToken::text)
            .label(Writers.Answer.YES, "good", "unforgettable")
            .label(Writers.Answer.NO, "bad")
            .multiTokenWords(MultiTokenWords.JOINT_MEAN)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-decoder"))
            .build();

    private Writers_NextTokenPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Writers.NextToken, Writers.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Writers.NextToken, Writers.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Writers.NextToken, Writers.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    /**
     * Lets frameworks find this pipeline, as a service.
     */
    public static final class Provider implements PipelineProvider {
        /**
         * For the service loader.
         */
        public Provider() {
        }

        @Override
        public DeclaredPipeline<PromptPipeline<Writers.NextToken, Writers.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
