package example;

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
 * Classifies a {@link Shapes.Inner} as a {@link Shapes.Answer}.
 *
 * <p>The model reads {@code {title} {mask}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "yes" as {@code yes}
 * <li>NO: "no" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 3 (0 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 253
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Shapes_InnerPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Shapes.Inner, Shapes.Answer> TASK = ClassificationTask.of(Shapes.Inner.class, Shapes.Answer.class)
            .template("{title} {mask}")
            .placeholder("title", input -> input.title)
            .label(Shapes.Answer.YES, "yes")
            .label(Shapes.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Shapes_InnerPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Shapes.Inner, Shapes.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Shapes.Inner, Shapes.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Shapes.Inner, Shapes.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Shapes.Inner, Shapes.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
