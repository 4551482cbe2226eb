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
 * Classifies a {@link Overloaded} as a {@link Overloaded.Answer}.
 *
 * <p>The model reads {@code {text} {load.text} {load.zeroShot.text} {input.input} {mask}}
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
 * <li>text: 64
 * <li>load.text: 63
 * <li>load.zeroShot.text: 63
 * <li>input.input: 63
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class OverloadedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Overloaded, Overloaded.Answer> TASK = ClassificationTask.of(Overloaded.class, Overloaded.Answer.class)
            .template("{text} {load.text} {load.zeroShot.text} {input.input} {mask}")
            .placeholder("text", input -> input.text())
            .placeholder("load.text", OverloadedPipeline::loadText)
            .placeholder("load.zeroShot.text", OverloadedPipeline::loadZeroShotText)
            .placeholder("input.input", OverloadedPipeline::inputInput)
            .label(Overloaded.Answer.YES, "yes")
            .label(Overloaded.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private OverloadedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Overloaded, Overloaded.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Overloaded, Overloaded.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Overloaded, Overloaded.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object loadText(Overloaded input) {
        var load = input.load();
        if (load == null) {
            return null;
        }
        return load.text();
    }

    private static Object loadZeroShotText(Overloaded input) {
        var load = input.load();
        if (load == null) {
            return null;
        }
        var zeroShot = load.zeroShot();
        if (zeroShot == null) {
            return null;
        }
        return zeroShot.text();
    }

    private static Object inputInput(Overloaded input) {
        var input_ = input.input();
        if (input_ == null) {
            return null;
        }
        return input_.input();
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
        public DeclaredPipeline<PromptPipeline<Overloaded, Overloaded.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
