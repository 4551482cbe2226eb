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
 * Classifies a {@link Verbalizers.VectorsOfADecoder} as a {@link Verbalizers.Mood}.
 *
 * <p>The model reads {@code {text} It was {mask}}
 *
 * <p>Tuning trains keys and values of virtual tokens in every layer, and nothing else, {@code tiny-decoder}, by PREFIX_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>GOOD: "good" as {@code \u0120go od}, "great" as {@code \u0120great}, "fine" as {@code \u0120fi ne}
 * <li>BAD: "bad" as {@code \u0120bad}, "terrible" as {@code \u0120terrible}
 * </ul>
 *
 * <p>Of 64 tokens the template takes 15 (3 of text, 0 special, 2 masks, 10 virtual); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>text: 49
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Verbalizers_VectorsOfADecoderPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Verbalizers.VectorsOfADecoder, Verbalizers.Mood> TASK = ClassificationTask.of(Verbalizers.VectorsOfADecoder.class, Verbalizers.Mood.class)
            .template("{text} It was {mask}")
            .placeholder("text", Verbalizers.VectorsOfADecoder::text)
            .label(Verbalizers.Mood.GOOD, "good", "great", "fine")
            .label(Verbalizers.Mood.BAD, "bad", "terrible")
            .tuning(TaskTuning.of(TuningMethod.PREFIX_TUNING, "tiny-decoder")
                    .with("kind", VerbalizerKind.SOFT)
                    .with("labelLearningRate", 0.01))
            .build();

    private Verbalizers_VectorsOfADecoderPipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Verbalizers.VectorsOfADecoder, Verbalizers.Mood> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Verbalizers.VectorsOfADecoder, Verbalizers.Mood> load(
            Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Verbalizers.VectorsOfADecoder, Verbalizers.Mood>> pipeline(
                ) {
            return DeclaredPipeline.of(TASK);
        }
    }
}
