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
 * Writes a text for a {@link Chat.Gaps}.
 *
 * <p>The model reads {@code The {special:"<extra_id_0>"} was {text} {special:"<extra_id_1>"}}
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-t5}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 256 tokens the template takes 7 (4 of text, 3 special); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 249
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Chat_GapsPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Chat.Gaps> TASK = TextTask.of(Chat.Gaps.class)
            .template("The {special:\"<extra_id_0>\"} was {text} {special:\"<extra_id_1>\"}")
            .placeholder("text", Chat.Gaps::text)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-t5"))
            .build();

    private Chat_GapsPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Chat.Gaps> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Chat.Gaps> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Chat.Gaps> load(Path folder) {
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
        public DeclaredPipeline<TextPipeline<Chat.Gaps>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
