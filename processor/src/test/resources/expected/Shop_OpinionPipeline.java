package example;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * Classifies a {@link Shop.Opinion} as a {@link Shop.Verdict}.
 *
 * <p>The model reads {@code {author.name|lower|limit:10} {author.friend.friend.nickname} rated {stars} {tags|fixed|limit:20}:{sep}{note|head} {extra} {verified} {grade}. {mask}!}
 *
 * <p>Tuning trains all weights of the model, {@code cloze-tiny-en}, by PROMPT_FINE_TUNING.
 *
 * <p>Its label words, with their tokens:
 * <ul>
 * <li>BUY: "sure" as {@code sure}, "fine" as {@code fine}
 * <li>LEAVE: "no" as {@code no}
 * </ul>
 *
 * <p>Of 128 tokens the template takes 8 (4 of text, 3 special, 1 mask); these are never cut.
 * However long an input is, at least so many tokens of each placeholder are kept:
 * <ul>
 * <li>author.name: 10
 * <li>author.friend.friend.nickname: 15
 * <li>stars: 15
 * <li>note: 15
 * <li>extra: 15
 * <li>verified: 15
 * <li>grade: 15
 * </ul>
 */
@Generated("dev.cloze.processor.PromptProcessor")
final class Shop_OpinionPipeline {
    /**
     * The task as its annotations declare it.
     */
    public static final ClassificationTask<Shop.Opinion, Shop.Verdict> TASK = ClassificationTask.of(Shop.Opinion.class, Shop.Verdict.class)
            .template("{author.name|lower|limit:10} {author.friend.friend.nickname} rated {stars} {tags|fixed|limit:20}:{sep}{note|head} {extra} {verified} {grade}. {mask}!")
            .placeholder("author.name", Shop_OpinionPipeline::authorName)
            .placeholder("author.friend.friend.nickname", Shop_OpinionPipeline::authorFriendFriendNickname)
            .placeholder("stars", Shop.Opinion::getStars)
            .placeholder("tags", input -> input.tags)
            .placeholder("note", Shop.Opinion::getNote)
            .placeholder("extra", input -> input.extra)
            .placeholder("verified", Shop.Opinion::isVerified)
            .placeholder("grade", Shop.Opinion::grade)
            .label(Shop.Verdict.BUY, "sure", "fine")
            .label(Shop.Verdict.LEAVE, "no")
            .multiTokenWords(MultiTokenWords.REJECT)
            .calibration(Calibration.PMI)
            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                    .with("learningRate", 3.0E-5)
                    .with("batchSize", 8)
                    .with("maxSteps", 500)
                    .with("maxLength", 128)
                    .with("compat", Compat.REFERENCE))
            .build();

    private Shop_OpinionPipeline() {
    }

    /**
     * Opens the pipeline with the language model as it is, without any training.
     */
    public static PromptPipeline<Shop.Opinion, Shop.Verdict> zeroShot() {
        return PromptPipeline.zeroShot(TASK);
    }

    /**
     * Starts tuning on labelled examples.
     */
    public static PromptTrainer<Shop.Opinion, Shop.Verdict> trainer() {
        return PromptTrainer.of(TASK);
    }

    /**
     * Opens a tuned pipeline from the folder it was saved in, or a prompt that Hugging Face's PEFT saved.
     */
    public static PromptPipeline<Shop.Opinion, Shop.Verdict> load(Path folder) {
        return PromptPipeline.load(TASK, folder);
    }

    private static Object authorName(Shop.Opinion input) {
        var author = input.getAuthor();
        if (author == null) {
            return null;
        }
        return author.getName();
    }

    private static Object authorFriendFriendNickname(Shop.Opinion input) {
        var author = input.getAuthor();
        if (author == null) {
            return null;
        }
        var friend = author.friend();
        if (friend == null) {
            return null;
        }
        if (friend.isEmpty()) {
            return Optional.empty();
        }
        var friend_ = friend.get().friend();
        if (friend_ == null) {
            return null;
        }
        if (friend_.isEmpty()) {
            return Optional.empty();
        }
        return friend_.get().nickname;
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
        public DeclaredPipeline<PromptPipeline<Shop.Opinion, Shop.Verdict>> pipeline() {
            return DeclaredPipeline.of(TASK);
        }
    }
}
