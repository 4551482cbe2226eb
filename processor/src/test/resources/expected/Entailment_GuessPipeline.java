package shop;

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
 * Classifies a {@link Entailment.Guess} as a {@link Entailment.Verdict}.
 *
 * <p>The model reads {@code {text} It was {mask}.}
 *
 * <p>Tuning trains nothing, by default {@code cloze-small-en}, by IN_CONTEXT.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>FOLLOWS: "Yes" as {@code yes}
 * <li>CONTRADICTS: "No" as {@code no}
 * </ul>
 *
 * <p>Of 512 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Entailment_GuessPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Entailment.Guess, Entailment.Verdict> TASK = ClassificationTask.of(Entailment.Guess.class, Entailment.Verdict.class)
            .template("{text} It was {mask}.")
            .placeholder("text", Entailment.Guess::text)
            .label(Entailment.Verdict.FOLLOWS, "Yes")
            .label(Entailment.Verdict.CONTRADICTS, "No")
            .tuning(TaskTuning.of(TuningMethod.IN_CONTEXT))
            .build();

    private Entailment_GuessPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Entailment.Guess, Entailment.Verdict> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Entailment.Guess, Entailment.Verdict> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Entailment.Guess, Entailment.Verdict> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Entailment.Guess, Entailment.Verdict>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
