package example;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.*;
import java.util.List;
import java.util.Optional;

/** A nested task with beans, Optionals, lists, paths, and label words that win over the enum's. */
final class Shop {
    static class Person {
        private String name;
        public String nickname;

        public String getName() {
            return name;
        }

        Optional<Person> friend() {
            return Optional.empty();
        }
    }

    interface Rated {
        default int getStars() {
            return 5;
        }
    }

    static class Base<T> {
        protected T extra;

        public T getNote() {
            return extra;
        }
    }

    enum Verdict {
        @LabelWords("yes")
        BUY,
        @LabelWords("no")
        LEAVE
    }

    @Template("{author.name|lower|limit:10} {author.friend.friend.nickname} rated {stars} {tags|fixed|limit:20}:{sep}"
            + "{note|head} {extra} {verified} {grade}. {mask}!")
    @Verbalizer(
            labels = Verdict.class,
            value = @LabelWords(label = "BUY", value = {"sure", "fine"}),
            multiTokenWords = MultiTokenWords.REJECT,
            calibration = Calibration.PMI)
    @Tuning(
            method = TuningMethod.PROMPT_FINE_TUNING,
            backbone = "cloze-tiny-en",
            learningRate = 3e-5,
            batchSize = 8,
            maxSteps = 500,
            maxLength = 128,
            compat = Compat.REFERENCE)
    static class Opinion extends Base<String> implements Rated {
        private Person author;
        public List<String> tags;
        private boolean verified;

        public Person getAuthor() {
            return author;
        }

        public boolean isVerified() {
            return verified;
        }

        Optional<Verdict> grade() {
            return Optional.empty();
        }
    }
}
