package example;

import dev.cloze.annotations.PromptTuning;
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
 * Classifies a {@link Soft.Prompted} as a {@link Soft.Answer}.
 *
 * <p>The model reads {@code {question} Is it so? {mask}}
 *
 * <p>Tuning trains virtual tokens before the input, and nothing else, by default {@code cloze-small-en}, by PROMPT_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "Yes" as {@code yes}
 * <li>NO: "No" as {@code no}
 * </ul>
 *
 * <p>Of 268 tokens the template takes 19 (4 of text, 2 special, 1 mask, 12 virtual); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>question: 249
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Soft_PromptedPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Soft.Prompted, Soft.Answer> TASK = ClassificationTask.of(Soft.Prompted.class, Soft.Answer.class)
            .template("{question} Is it so? {mask}")
            .placeholder("question", Soft.Prompted::question)
            .label(Soft.Answer.YES, "Yes")
            .label(Soft.Answer.NO, "No")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_TUNING)
                    .with("promptLength", 12)
                    .with("text", "Answer the question")
                    .with("prompts", 5)
                    .with("vote", PromptTuning.Vote.PROBABILITIES))
            .build();

    private Soft_PromptedPipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Soft.Prompted, Soft.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Soft.Prompted, Soft.Answer> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Soft.Prompted, Soft.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
