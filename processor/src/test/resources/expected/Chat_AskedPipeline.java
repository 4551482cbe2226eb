package example;

import dev.cloze.annotations.Precision;
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
 * Writes a text for a {@link Chat.Asked}.
 *
 * <p>The model reads <code>&#123;special:"&#60;s&#62;"&#125;user<br>&#123;question&#125;&#123;special:"&#60;&#47;s&#62;"&#125;<br>&#123;special:"&#60;s&#62;"&#125;assistant<br></code>
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-llama}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 256 tokens the template takes 15 (12 of text, 3 special); these are never cut.
 * Behind the longest input there is room to write 1792 tokens.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>question: 241
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Chat_AskedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Chat.Asked> TASK = TextTask.of(Chat.Asked.class)
            .template("{special:\"<s>\"}user\n"
                    + "{question}{special:\"</s>\"}\n"
                    + "{special:\"<s>\"}assistant\n")
            .placeholder("question", Chat.Asked::question)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama")
                    .with("precision", Precision.AUTO))
            .build();

    private Chat_AskedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Chat.Asked> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Chat.Asked> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Chat.Asked> load(Path folder) {
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
        public DeclaredPipeline<TextPipeline<Chat.Asked>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
