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
 * Classifies a {@link Entailment} as a {@link Entailment.Verdict}.
 *
 * <p>The model reads {@code {premise|stripPunctuation}? {sep} {mask}, {hypothesis|lowerFirst}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by LM_BFF.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>FOLLOWS: "Yes" as {@code yes}
 * <li>CONTRADICTS: "No" as {@code no}
 * </ul>
 *
 * <p>Of 512 tokens the template takes 6 (2 of text, 3 special, 1 mask); these are never cut.
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class EntailmentPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Entailment, Entailment.Verdict> TASK = ClassificationTask.of(Entailment.class, Entailment.Verdict.class)
            .template("{premise|stripPunctuation}? {sep} {mask}, {hypothesis|lowerFirst}")
            .placeholder("premise", Entailment::premise)
            .placeholder("hypothesis", Entailment::hypothesis)
            .label(Entailment.Verdict.FOLLOWS, "Yes")
            .label(Entailment.Verdict.CONTRADICTS, "No")
            .tuning(TaskTuning.of(TuningMethod.LM_BFF)
                    .with("sets", 4)
                    .with("demonstrationLimit", 30))
            .build();

    private EntailmentPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Entailment, Entailment.Verdict> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Entailment, Entailment.Verdict> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Entailment, Entailment.Verdict> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Entailment, Entailment.Verdict>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
