package example;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Writes a text for a {@link Restaurant}.
 *
 * <p>The model reads <code>name: &#123;name&#125;, food: &#123;food&#124;lower&#125;, near: &#123;near&#125;<br>In a sentence:</code>
 * and writes what follows.
 *
 * <p>Tuning trains all weights of the model, {@code tiny-llama}, by PROMPT_FINE_TUNING.
 *
 * <p>Of 128 tokens the template takes 23 (22 of text, 1 special); these are never cut.
 * Behind the longest input there is room to write 1920 tokens.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>name: 35
 * <li>food: 35
 * <li>near: 35
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class RestaurantPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final TextTask<Restaurant> TASK = TextTask.of(Restaurant.class)
            .template("name: {name}, food: {food|lower}, near: {near}\n"
                    + "In a sentence:")
            .placeholder("name", Restaurant::name)
            .placeholder("food", Restaurant::food)
            .placeholder("near", Restaurant::near)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama")
                    .with("learningRate", 1.0E-4)
                    .with("maxLength", 128))
            .build();

    private RestaurantPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static TextPipeline<Restaurant> pretrained() {
        return TextPipeline.pretrained(TASK);
    }

    /**
     * Starts tuning on pairs of an input and the text to be written for it.
     */
    public static TextTrainer<Restaurant> trainer() {
        return TextTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static TextPipeline<Restaurant> load(Path folder) {
        return TextPipeline.load(TASK, folder);
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
        public DeclaredPipeline<TextPipeline<Restaurant>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
