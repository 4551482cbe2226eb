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
 * Writes a text for a {@link Writers.Article}.
 *
 * <p>The model reads {@code {title} {sep} {text}}
 * and writes what follows.
 * It has no token between segments: their boundary is a line break.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-llama}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 256 tokens the template takes 1 (0 of text, 1 special); these are never cut.
 * Behind the longest input there is room to write 1792 tokens.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 128
 * <li>text: 127
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Writers_ArticlePipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Writers.Article> TASK = TextTask.of(Writers.Article.class)
            .template("{title} {sep} {text}")
            .placeholder("title", Writers.Article::title)
            .placeholder("text", Writers.Article::text)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama"))
            .build();

    private Writers_ArticlePipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Writers.Article> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Writers.Article> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Writers.Article> load(Path folder) {
        return TextPipeline.load(TASK, folder);
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
        public DeclaredPipeline<TextPipeline<Writers.Article>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
