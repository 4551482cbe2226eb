package shop;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ClozeTrainer;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import javax.annotation.processing.Generated;

/**
 * Ranks the words that could fill the gap of a {@link Country.Capital}.
 *
 * <p>The model reads {@code {country} {soft:3} capital {soft:3} {mask}.}
 *
 * <p>Tuning trains virtual tokens among the words, and the model's weights unless they are frozen, by default {@code cloze-small-en}, by P_TUNING.
 * There is nothing to answer with before, so no {@code zeroShot()}.
 *
 * <p>Its candidates, with their tokens:
 * "paris" as {@code paris}, "rome" as {@code rome}, "new york" as {@code new york}.
 *
 * <p>Of 256 tokens the template takes 12 (2 of text, 2 special, 2 masks, 6 virtual); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>country: 244
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Country_CapitalPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClozeTask<Country.Capital> TASK = ClozeTask.of(Country.Capital.class)
            .template("{country} {soft:3} capital {soft:3} {mask}.")
            .placeholder("country", Country.Capital::country)
            .candidates("paris", "rome", "new york")
            .multiTokenWords(MultiTokenWords.LEFT_TO_RIGHT)
            .tuning(TaskTuning.of(TuningMethod.P_TUNING)
                    .with("freezeBackbone", true))
            .build();

    private Country_CapitalPipeline() {
    }

    /**
     * Starts tuning on answered examples.
     */
    public static ClozeTrainer<Country.Capital> trainer() {
        return ClozeTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static ClozePipeline<Country.Capital> load(Path folder) {
        return ClozePipeline.load(TASK, folder);
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
        public DeclaredPipeline<ClozePipeline<Country.Capital>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
