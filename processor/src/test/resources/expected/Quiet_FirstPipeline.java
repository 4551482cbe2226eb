package example;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Classifies a {@link Quiet.First} as a {@link Quiet.Mood}.
 *
 * <p>The model reads {@code {title} {mask}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>HAPPY: "happy" as {@code happy}, "unforgettable" as {@code un ##for ##get ##table}
 * <li>SAD: "sad" as {@code sad}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 3 (0 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 253
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Quiet_FirstPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Quiet.First, Quiet.Mood> TASK = ClassificationTask.of(Quiet.First.class, Quiet.Mood.class)
            .template("{title} {mask}")
            .placeholder("title", Quiet.First::title)
            .label(Quiet.Mood.HAPPY, "happy", "unforgettable")
            .label(Quiet.Mood.SAD, "sad")
            .multiTokenWords(MultiTokenWords.FIRST)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING)
                    .with("kind", VerbalizerKind.KNOWLEDGEABLE))
            .build();

    private Quiet_FirstPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Quiet.First, Quiet.Mood> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Quiet.First, Quiet.Mood> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Quiet.First, Quiet.Mood> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Quiet.First, Quiet.Mood>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
