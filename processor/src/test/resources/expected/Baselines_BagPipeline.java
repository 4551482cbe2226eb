package org.example;

import dev.cloze.annotations.TfIdf;
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
 * Classifies a {@link Baselines.Bag} as a {@link Baselines.Topic}.
 *
 * <p>Of {@code {title} {mask} {sep} {body}} the placeholders are read, in their segments.
 *
 * <p>Tuning trains a linear classifier of words, without a language model, by TF_IDF.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Baselines_BagPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Baselines.Bag, Baselines.Topic> TASK = ClassificationTask.of(Baselines.Bag.class, Baselines.Topic.class)
            .template("{title} {mask} {sep} {body}")
            .placeholder("title", Baselines.Bag::title)
            .placeholder("body", Baselines.Bag::body)
            .label(Baselines.Topic.SPORT, "sport")
            .label(Baselines.Topic.POLITICS, "politics")
            .tuning(TaskTuning.of(TuningMethod.TF_IDF)
                    .with("classifier", TfIdf.Classifier.LOGISTIC_REGRESSION))
            .build();

    private Baselines_BagPipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Baselines.Bag, Baselines.Topic> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Baselines.Bag, Baselines.Topic> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Baselines.Bag, Baselines.Topic>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
