package example;

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
 * Classifies a {@link Values.Pair} as a {@link Values.Answer}.
 *
 * <p>The model reads {@code {first} {second} {author.name} {author.nickname} {stars} {both}: {mask}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "yes" as {@code yes}
 * <li>NO: "no" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 4 (1 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>first: 42
 * <li>second: 42
 * <li>author.name: 42
 * <li>author.nickname: 42
 * <li>stars: 42
 * <li>both: 42
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Values_PairPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Values.Pair, Values.Answer> TASK = ClassificationTask.of(Values.Pair.class, Values.Answer.class)
            .template("{first} {second} {author.name} {author.nickname} {stars} {both}: {mask}")
            .placeholder("first", Values.Pair::first)
            .placeholder("second", Values.Pair::second)
            .placeholder("author.name", Values_PairPipeline::authorName)
            .placeholder("author.nickname", Values_PairPipeline::authorNickname)
            .placeholder("stars", Values.Pair::getStars)
            .placeholder("both", Values.Pair::both)
            .label(Values.Answer.YES, "yes")
            .label(Values.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Values_PairPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Values.Pair, Values.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Values.Pair, Values.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Values.Pair, Values.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object authorName(Values.Pair input) {
        var author = input.author();
        if (author == null) {
            return null;
        }
        return author.name();
    }

    private static Object authorNickname(Values.Pair input) {
        var author = input.author();
        if (author == null) {
            return null;
        }
        return author.nickname();
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
        public DeclaredPipeline<PromptPipeline<Values.Pair, Values.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
