package org.example;

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
 * Classifies a {@link Verbalizers.Prototypes} as a {@link Verbalizers.Mood}.
 *
 * <p>The model reads {@code {text} It was {mask}.}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>GOOD: "good" as {@code good}, "great" as {@code great}, "fine" as {@code fine}
 * <li>BAD: "bad" as {@code bad}, "terrible" as {@code terrible}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 250
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Verbalizers_PrototypesPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Verbalizers.Prototypes, Verbalizers.Mood> TASK = ClassificationTask.of(Verbalizers.Prototypes.class, Verbalizers.Mood.class)
            .template("{text} It was {mask}.")
            .placeholder("text", Verbalizers.Prototypes::text)
            .label(Verbalizers.Mood.GOOD, "good", "great", "fine")
            .label(Verbalizers.Mood.BAD, "bad", "terrible")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING)
                    .with("kind", VerbalizerKind.PROTOTYPES)
                    .with("prototypeSize", 32)
                    .with("prototypeSteps", 50))
            .build();

    private Verbalizers_PrototypesPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Verbalizers.Prototypes, Verbalizers.Mood> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Verbalizers.Prototypes, Verbalizers.Mood> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Verbalizers.Prototypes, Verbalizers.Mood> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Verbalizers.Prototypes, Verbalizers.Mood>> pipeline(
                ) {
            return DeclaredPipeline.of(TASK);
        }
    }
}
