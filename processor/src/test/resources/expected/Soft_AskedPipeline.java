package example;

import dev.cloze.annotations.PTuning;
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
 * Classifies a {@link Soft.Asked} as a {@link Soft.Answer}.
 *
 * <p>The model reads {@code {soft:2} {question} {soft:"Is it so"}? {mask}}
 *
 * <p>Tuning trains virtual tokens among the words, and the model's weights unless they are frozen, by default {@code cloze-small-en}, by P_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "Yes" as {@code yes}
 * <li>NO: "No" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 9 (1 of text, 2 special, 1 mask, 5 virtual); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>question: 247
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Soft_AskedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Soft.Asked, Soft.Answer> TASK = ClassificationTask.of(Soft.Asked.class, Soft.Answer.class)
            .template("{soft:2} {question} {soft:\"Is it so\"}? {mask}")
            .placeholder("question", Soft.Asked::question)
            .label(Soft.Answer.YES, "Yes")
            .label(Soft.Answer.NO, "No")
            .tuning(TaskTuning.of(TuningMethod.P_TUNING)
                    .with("freezeBackbone", true)
                    .with("encoder", PTuning.Encoder.MLP))
            .build();

    private Soft_AskedPipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Soft.Asked, Soft.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Soft.Asked, Soft.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Soft.Asked, Soft.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
