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
 * Classifies a {@link Former.Component} as a {@link Former.Answer}.
 *
 * <p>The model reads {@code {text} by {author.name}: {mask}.}
 *
 * <p>Tuning trains all weights of the model, {@code cloze-tiny-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "yes" as {@code yes}
 * <li>NO: "no" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 125
 * <li>author.name: 125
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class Former_ComponentPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Former.Component, Former.Answer> TASK = ClassificationTask.of(Former.Component.class, Former.Answer.class)
            .template("{text} by {author.name}: {mask}.")
            .placeholder("text", Former.Component::text)
            .placeholder("author.name", Former_ComponentPipeline::authorName)
            .label(Former.Answer.YES, "yes")
            .label(Former.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
            .build();

    private Former_ComponentPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Former.Component, Former.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Former.Component, Former.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Former.Component, Former.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object authorName(Former.Component input) {
        var author = input.author();
        if (author == null) {
            return null;
        }
        return author.name();
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
        public DeclaredPipeline<PromptPipeline<Former.Component, Former.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
