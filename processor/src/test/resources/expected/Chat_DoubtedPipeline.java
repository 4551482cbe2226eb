package example;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.MultiTokenWords;
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
 * Classifies a {@link Chat.Doubted} as a {@link Chat.Answer}.
 *
 * <p>The model reads <code>&#123;special:"&#60;s&#62;"&#125;user<br>&#123;question&#125; Is it so?&#123;special:"&#60;&#47;s&#62;"&#125;<br>&#123;special:"&#60;s&#62;"&#125;assistant<br>&#123;mask&#125;</code>
 *
 * <p>Tuning trains all weights of the model, {@code tiny-llama}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "Yes" as {@code <0x59> es}
 * <li>NO: "No" as {@code <0x4E> o}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 22 (17 of text, 3 special, 2 masks); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>question: 234
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Chat_DoubtedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Chat.Doubted, Chat.Answer> TASK = ClassificationTask.of(Chat.Doubted.class, Chat.Answer.class)
            .template("{special:\"<s>\"}user\n"
                    + "{question} Is it so?{special:\"</s>\"}\n"
                    + "{special:\"<s>\"}assistant\n"
                    + "{mask}")
            .placeholder("question", Chat.Doubted::question)
            .label(Chat.Answer.YES, "Yes")
            .label(Chat.Answer.NO, "No")
            .multiTokenWords(MultiTokenWords.LEFT_TO_RIGHT)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama")
                    .with("loss", LabelLoss.HINGE))
            .build();

    private Chat_DoubtedPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Chat.Doubted, Chat.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Chat.Doubted, Chat.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Chat.Doubted, Chat.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Chat.Doubted, Chat.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
