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
 * Classifies a {@link Tokens.Glued} as a {@link Tokens.Answer}.
 *
 * <p>The model reads {@code {text} {text|limit:5} It was ({mask}).}
 *
 * <p>Tuning trains all weights of the model, {@code roberta-add-prefix-space}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "good" as {@code g ood}, "unforgettable" as {@code un f org et ta ble}
 * <li>NO: "bad" as {@code b ad}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 16 (8 of text, 2 special, 6 masks); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 5
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Tokens_GluedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Tokens.Glued, Tokens.Answer> TASK = ClassificationTask.of(Tokens.Glued.class, Tokens.Answer.class)
            .template("{text} {text|limit:5} It was ({mask}).")
            .placeholder("text", Tokens.Glued::text)
            .label(Tokens.Answer.YES, "good", "unforgettable")
            .label(Tokens.Answer.NO, "bad")
            .multiTokenWords(MultiTokenWords.JOINT_MEAN)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "roberta-add-prefix-space"))
            .build();

    private Tokens_GluedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Tokens.Glued, Tokens.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Tokens.Glued, Tokens.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Tokens.Glued, Tokens.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Tokens.Glued, Tokens.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
