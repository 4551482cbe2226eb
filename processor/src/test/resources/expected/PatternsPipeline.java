package example;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;

/**
 * Classifies a {@link Patterns} as a {@link Patterns.Opinion}.
 *
 * <p>The model reads one of these templates at a time:
 * <ol>
 * <li>{@code {title} {body} It was {mask}.}
 * <li>{@code Just {mask}! {sep} {title} {summary}}
 * <li>{@code {title} In summary: {mask}. {body}}
 * </ol>
 *
 * <p>Tuning trains a model for each template, and from their labels one classifier, by default {@code cloze-small-en}, by PET.
 *
 * <p>The label words of each of templates 1, 2, with their tokens:
 * <ul>
 * <li>FINE: "great" as {@code great}, "good" as {@code good}
 * <li>POOR: "terrible" as {@code terrible}, "bad" as {@code bad}
 * </ul>
 *
 * <p>The label words of template 3, with their tokens:
 * <ul>
 * <li>FINE: "excellent" as {@code excellent}, "splendid" as {@code splendid}
 * <li>POOR: "dreadful" as {@code dreadful}
 * </ul>
 *
 * <p>Of 256 tokens template 1 takes 6 (3 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 125
 * <li>body: 125
 * </ul>
 *
 * <p>Of 256 tokens template 2 takes 6 (2 of text, 3 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 125
 * <li>summary: 125
 * </ul>
 *
 * <p>Of 256 tokens template 3 takes 7 (4 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>title: 125
 * <li>body: 124
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class PatternsPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Patterns, Patterns.Opinion> TASK = ClassificationTask.of(Patterns.class, Patterns.Opinion.class)
            .template("{title} {body} It was {mask}.")
            .template("Just {mask}! {sep} {title} {summary}")
            .template("{title} In summary: {mask}. {body}",
                    Map.ofEntries(
                            Map.entry(Patterns.Opinion.FINE, List.of("excellent", "splendid")),
                            Map.entry(Patterns.Opinion.POOR, List.of("dreadful"))))
            .placeholder("title", Patterns::title)
            .placeholder("body", Patterns::body)
            .placeholder("summary", Patterns::summary)
            .label(Patterns.Opinion.FINE, "great", "good")
            .label(Patterns.Opinion.POOR, "terrible", "bad")
            .tuning(TaskTuning.of(TuningMethod.PET)
                    .with("repetitions", 2)
                    .with("combination", Combination.UNIFORM))
            .build();

    private PatternsPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Patterns, Patterns.Opinion> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Patterns, Patterns.Opinion> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Patterns, Patterns.Opinion> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<Patterns, Patterns.Opinion>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
