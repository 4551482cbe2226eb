package example;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Writes a text for a {@link Writers.Reworded}.
 *
 * <p>The model reads {@code {pretrained.text} {target} In short:}
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-t5}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 600 tokens the template takes 7 (6 of text, 1 special); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>pretrained.text: 297
 * <li>target: 296
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Writers_RewordedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Writers.Reworded> TASK = TextTask.of(Writers.Reworded.class)
            .template("{pretrained.text} {target} In short:")
            .placeholder("pretrained.text", Writers_RewordedPipeline::pretrainedText)
            .placeholder("target", Writers.Reworded::target)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-t5")
                    .with("maxLength", 600))
            .build();

    private Writers_RewordedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Writers.Reworded> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Writers.Reworded> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Writers.Reworded> load(Path folder) {
        return TextPipeline.load(TASK, folder);
    }

    private static Object pretrainedText(Writers.Reworded input) {
        var pretrained = input.pretrained();
        if (pretrained == null) {
            return null;
        }
        return pretrained.text();
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
        public DeclaredPipeline<TextPipeline<Writers.Reworded>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
