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
 * Classifies a {@link Shapes.Task} as a {@link Shapes.Answer}.
 *
 * <p>The model reads {@code {name} {score} {size} {covered} {choice} {nested.value.value} {nested.value.values} {tags} {fresh} {URL} {sure} {counts} {outer} {mask}}
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>YES: "yes" as {@code yes}
 * <li>NO: "no" as {@code no}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 3 (0 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>name: 20
 * <li>score: 20
 * <li>size: 20
 * <li>covered: 20
 * <li>choice: 20
 * <li>nested.value.value: 20
 * <li>nested.value.values: 19
 * <li>tags: 19
 * <li>fresh: 19
 * <li>URL: 19
 * <li>sure: 19
 * <li>counts: 19
 * <li>outer: 19
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Shapes_TaskPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Shapes.Task, Shapes.Answer> TASK = ClassificationTask.of(Shapes.Task.class, Shapes.Answer.class)
            .template("{name} {score} {size} {covered} {choice} {nested.value.value} {nested.value.values} {tags} {fresh} {URL} {sure} {counts} {outer} {mask}")
            .placeholder("name", Shapes.Task::getName)
            .placeholder("score", Shapes.Task::score)
            .placeholder("size", input -> input.size)
            .placeholder("covered", input -> input.covered)
            .placeholder("choice", input -> input.choice)
            .placeholder("nested.value.value", Shapes_TaskPipeline::nestedValueValue)
            .placeholder("nested.value.values", Shapes_TaskPipeline::nestedValueValues)
            .placeholder("tags", input -> input.tags)
            .placeholder("fresh", Shapes.Task::isFresh)
            .placeholder("URL", Shapes.Task::getURL)
            .placeholder("sure", Shapes.Task::sure)
            .placeholder("counts", Shapes.Task::getCounts)
            .placeholder("outer", Shapes.Task::outer)
            .label(Shapes.Answer.YES, "yes")
            .label(Shapes.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Shapes_TaskPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Shapes.Task, Shapes.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Shapes.Task, Shapes.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Shapes.Task, Shapes.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object nestedValueValue(Shapes.Task input) {
        var nested = input.nested;
        if (nested == null) {
            return null;
        }
        var value = nested.value;
        if (value == null) {
            return null;
        }
        return value.value;
    }

    private static Object nestedValueValues(Shapes.Task input) {
        var nested = input.nested;
        if (nested == null) {
            return null;
        }
        var value = nested.value;
        if (value == null) {
            return null;
        }
        return value.values;
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
        public DeclaredPipeline<PromptPipeline<Shapes.Task, Shapes.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
