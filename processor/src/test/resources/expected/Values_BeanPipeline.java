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
 * Classifies a {@link Values.Bean} as a {@link Values.Answer}.
 *
 * <p>The model reads {@code {text} {octet} {small} {whole} {large} {single} {real} {letter} {flag} {boxed} {exact} {huge} {answer} {title} {sold} {ready} {URL} {maybe} {never} {unless} {count} {fit} {chosen} {tags} {none} {numbers} {answers} {sizes} {perhaps} {author.name} {author.nickname} {author.address.town} {author.address.lines} {inherited} {several} {note} {stars} {rank} {mask}}
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
 * <li>text: 7
 * <li>octet: 7
 * <li>small: 7
 * <li>whole: 7
 * <li>large: 7
 * <li>single: 7
 * <li>real: 7
 * <li>letter: 7
 * <li>flag: 7
 * <li>boxed: 7
 * <li>exact: 7
 * <li>huge: 7
 * <li>answer: 7
 * <li>title: 7
 * <li>sold: 7
 * <li>ready: 7
 * <li>URL: 7
 * <li>maybe: 7
 * <li>never: 7
 * <li>unless: 7
 * <li>count: 7
 * <li>fit: 7
 * <li>chosen: 7
 * <li>tags: 7
 * <li>none: 7
 * <li>numbers: 6
 * <li>answers: 6
 * <li>sizes: 6
 * <li>perhaps: 6
 * <li>author.name: 6
 * <li>author.nickname: 6
 * <li>author.address.town: 6
 * <li>author.address.lines: 6
 * <li>inherited: 6
 * <li>several: 6
 * <li>note: 6
 * <li>stars: 6
 * <li>rank: 6
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Values_BeanPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Values.Bean, Values.Answer> TASK = ClassificationTask.of(Values.Bean.class, Values.Answer.class)
            .template("{text} {octet} {small} {whole} {large} {single} {real} {letter} {flag} {boxed} {exact} {huge} {answer} {title} {sold} {ready} {URL} {maybe} {never} {unless} {count} {fit} {chosen} {tags} {none} {numbers} {answers} {sizes} {perhaps} {author.name} {author.nickname} {author.address.town} {author.address.lines} {inherited} {several} {note} {stars} {rank} {mask}")
            .placeholder("text", input -> input.text)
            .placeholder("octet", input -> input.octet)
            .placeholder("small", input -> input.small)
            .placeholder("whole", input -> input.whole)
            .placeholder("large", input -> input.large)
            .placeholder("single", input -> input.single)
            .placeholder("real", input -> input.real)
            .placeholder("letter", input -> input.letter)
            .placeholder("flag", input -> input.flag)
            .placeholder("boxed", input -> input.boxed)
            .placeholder("exact", input -> input.exact)
            .placeholder("huge", input -> input.huge)
            .placeholder("answer", input -> input.answer)
            .placeholder("title", Values.Bean::getTitle)
            .placeholder("sold", Values.Bean::isSold)
            .placeholder("ready", Values.Bean::isReady)
            .placeholder("URL", Values.Bean::getURL)
            .placeholder("maybe", input -> input.maybe)
            .placeholder("never", input -> input.never)
            .placeholder("unless", input -> input.unless)
            .placeholder("count", input -> input.count)
            .placeholder("fit", input -> input.fit)
            .placeholder("chosen", input -> input.chosen)
            .placeholder("tags", input -> input.tags)
            .placeholder("none", input -> input.none)
            .placeholder("numbers", input -> input.numbers)
            .placeholder("answers", input -> input.answers)
            .placeholder("sizes", input -> input.sizes)
            .placeholder("perhaps", input -> input.perhaps)
            .placeholder("author.name", Values_BeanPipeline::authorName)
            .placeholder("author.nickname", Values_BeanPipeline::authorNickname)
            .placeholder("author.address.town", Values_BeanPipeline::authorAddressTown)
            .placeholder("author.address.lines", Values_BeanPipeline::authorAddressLines)
            .placeholder("inherited", input -> input.inherited)
            .placeholder("several", input -> input.several)
            .placeholder("note", Values.Bean::getNote)
            .placeholder("stars", Values.Bean::getStars)
            .placeholder("rank", Values.Bean::rank)
            .label(Values.Answer.YES, "yes")
            .label(Values.Answer.NO, "no")
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
            .build();

    private Values_BeanPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Values.Bean, Values.Answer> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Values.Bean, Values.Answer> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Values.Bean, Values.Answer> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object authorName(Values.Bean input) {
        var author = input.author;
        if (author == null) {
            return null;
        }
        return author.name();
    }

    private static Object authorNickname(Values.Bean input) {
        var author = input.author;
        if (author == null) {
            return null;
        }
        return author.nickname();
    }

    private static Object authorAddressTown(Values.Bean input) {
        var author = input.author;
        if (author == null) {
            return null;
        }
        var address = author.address();
        if (address == null) {
            return null;
        }
        return address.town();
    }

    private static Object authorAddressLines(Values.Bean input) {
        var author = input.author;
        if (author == null) {
            return null;
        }
        var address = author.address();
        if (address == null) {
            return null;
        }
        return address.lines();
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
        public DeclaredPipeline<PromptPipeline<Values.Bean, Values.Answer>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
