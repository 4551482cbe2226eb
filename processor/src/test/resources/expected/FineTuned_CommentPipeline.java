package org.example;

import dev.cloze.annotations.FineTuning;
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
 * Classifies a {@link FineTuned.Comment} as a {@link FineTuned.Stance}.
 *
 * <p>Of {@code {claim} {sep} {comment|limit:200}} the placeholders are read, in their segments.
 *
 * <p>Tuning trains a classification head and all weights below it, by default {@code cloze-small-en}, by FINE_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Of 256 tokens the template takes 3 (0 of text, 3 special); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>claim: 127
 * <li>comment: 126
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class FineTuned_CommentPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<FineTuned.Comment, FineTuned.Stance> TASK = ClassificationTask.of(FineTuned.Comment.class, FineTuned.Stance.class)
            .template("{claim} {sep} {comment|limit:200}")
            .placeholder("claim", FineTuned.Comment::claim)
            .placeholder("comment", FineTuned.Comment::comment)
            .label(FineTuned.Stance.FOR)
            .label(FineTuned.Stance.AGAINST)
            .tuning(TaskTuning.of(TuningMethod.FINE_TUNING)
                    .with("maxSteps", 500)
                    .with("pooling", FineTuning.Pooling.MEAN))
            .build();

    private FineTuned_CommentPipeline() {
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<FineTuned.Comment, FineTuned.Stance> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<FineTuned.Comment, FineTuned.Stance> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<FineTuned.Comment, FineTuned.Stance>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
