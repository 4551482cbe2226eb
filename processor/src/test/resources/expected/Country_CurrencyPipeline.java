package shop;

import dev.cloze.annotations.Calibration;
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
 * Ranks the words that could fill the gap of a {@link Country.Currency}.
 *
 * <p>The model reads one of these templates at a time:
 * <ol>
 * <li>{@code The currency of {country} is the {mask}.}
 * <li>{@code In {country} one pays with the {mask}.}
 * </ol>
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>It ranks all whole words that the model has as one token.
 *
 * <p>Of 256 tokens each of templates 1, 2 takes 9 (6 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>country: 247
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class Country_CurrencyPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClozeTask<Country.Currency> TASK = ClozeTask.of(Country.Currency.class)
            .template("The currency of {country} is the {mask}.")
            .template("In {country} one pays with the {mask}.")
            .placeholder("country", Country.Currency::country)
            .calibration(Calibration.PMI)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Country_CurrencyPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static ClozePipeline<Country.Currency> zeroShot() {
        return ClozePipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on answered examples.
     */
    public static ClozeTrainer<Country.Currency> trainer() {
        return ClozeTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static ClozePipeline<Country.Currency> load(Path folder) {
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
        public DeclaredPipeline<ClozePipeline<Country.Currency>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
