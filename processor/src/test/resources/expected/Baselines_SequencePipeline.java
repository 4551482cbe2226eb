package org.example;

import dev.cloze.annotations.Lstm;
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
 * Classifies a {@link Baselines.Sequence} as a {@link Baselines.Topic}.
 *
 * <p>Of {@code {body} {mask}} the placeholders are read, in their segments.
 *
 * <p>Tuning trains word vectors and a bidirectional LSTM, without a language model, by LSTM.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Baselines_SequencePipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Baselines.Sequence, Baselines.Topic> TASK = ClassificationTask.of(Baselines.Sequence.class, Baselines.Topic.class)
            .template("{body} {mask}")
            .placeholder("body", Baselines.Sequence::body)
            .label(Baselines.Topic.SPORT, "sport")
            .label(Baselines.Topic.POLITICS, "politics")
            .tuning(TaskTuning.of(TuningMethod.LSTM, "no-such-model")
                    .with("maxSteps", 300)
                    .with("maxLength", 128)
                    .with("embeddings", "glove.6B.100d.txt")
                    .with("hiddenSize", 64)
                    .with("dropout", 0.0)
                    .with("pooling", Lstm.Pooling.LAST))
            .build();

    private Baselines_SequencePipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Baselines.Sequence, Baselines.Topic> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Baselines.Sequence, Baselines.Topic> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Baselines.Sequence, Baselines.Topic>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
