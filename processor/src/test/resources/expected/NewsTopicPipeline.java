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
 * Classifies a {@link NewsTopic} as a {@link NewsTopic.Topic}.
 *
 * <p>The model reads <code>&#42;&#47; &#60;b&#62; &#92;u0041 &#64;see &#123;&#123;x&#125;&#125; \u00e9\u6807\ud83d\ude00 &#123;headline&#125; &#123;number&#125;<br>&#123;letter&#125;&#123;mask&#125;"&#36;S</code>
 *
 * <p>Tuning trains all weights of the model, by default {@code cloze-small-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>WORLD: "world" as {@code world}, "politics" as {@code politics}
 * <li>SPORT: "sports" as {@code sports}
 * </ul>
 *
 * <p>Of 256 tokens the template takes 23 (20 of text, 2 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>headline: 78
 * <li>number: 78
 * <li>letter: 77
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
public final class NewsTopicPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<NewsTopic, NewsTopic.Topic> TASK = ClassificationTask.of(NewsTopic.class, NewsTopic.Topic.class)
            .template("*/ <b> \\u0041 @see {{x}} \u00e9\u6807\ud83d\ude00 {headline} {number}\n"
                    + "{letter}{mask}\"$S")
            .placeholder("headline", input -> input.headline)
            .placeholder("number", input -> input.number)
            .placeholder("letter", input -> input.letter)
            .label(NewsTopic.Topic.WORLD, "world", "politics")
            .label(NewsTopic.Topic.SPORT, "sports")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private NewsTopicPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<NewsTopic, NewsTopic.Topic> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<NewsTopic, NewsTopic.Topic> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<NewsTopic, NewsTopic.Topic> load(Path folder) {
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
        public DeclaredPipeline<PromptPipeline<NewsTopic, NewsTopic.Topic>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
