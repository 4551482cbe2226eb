package org.example;

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
 * Classifies a {@link FineTuned.Note} as a {@link FineTuned.Stance}.
 *
 * <p>Of {@code {body} It was {mask}, they said.} the placeholders are read, in their segments.
 *
 * <p>Tuning trains a classification head and all weights below it, by default {@code cloze-small-en}, by FINE_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Of 256 tokens template 1 takes 2 (0 of text, 2 special); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>body: 254
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class FineTuned_NotePipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<FineTuned.Note, FineTuned.Stance> TASK = ClassificationTask.of(FineTuned.Note.class, FineTuned.Stance.class)
            .template("{body} It was {mask}, they said.")
            .template("Just {mask}! {body}")
            .placeholder("body", FineTuned.Note::body)
            .label(FineTuned.Stance.FOR, "unutterablewordofseveraltokens")
            .label(FineTuned.Stance.AGAINST)
            .tuning(TaskTuning.of(TuningMethod.FINE_TUNING))
            .build();

    private FineTuned_NotePipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<FineTuned.Note, FineTuned.Stance> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<FineTuned.Note, FineTuned.Stance> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<FineTuned.Note, FineTuned.Stance>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
