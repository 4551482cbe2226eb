package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelTask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model reads of an input with demonstrations, token by token. */
class DemonstratedTemplateTest {

    private static final DemonstrationRoom USUAL = room(OptionalInt.empty(), OptionalInt.empty());
    private static final Map<String, String> INPUT = Map.of("text", "I like it.");
    private static final Map<String, String> GOOD = Map.of("text", "A warm film.");
    private static final Map<String, String> BAD = Map.of("text", "A dull film.");

    @TempDir
    Path folder;

    private static DemonstrationRoom room(OptionalInt input, OptionalInt demonstration) {
        return new DemonstrationRoom(input, demonstration, true);
    }

    @Test
    void anEncoderReadsThemBehindTheInputEachWithItsEndToken() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            EncodedText text = text(template(model, USUAL, Place.BEHIND, "{text} It was {mask}."), INPUT);
            assertThat(spelled(model, text))
                    .isEqualTo("[CLS] i like it . it was [MASK] . [SEP]"
                            + " a warm film . it was great . [SEP] a dull film . it was terrible . [SEP]");
            assertThat(text.maskPositions()).containsExactly(7);
        }
    }

    @Test
    void orBeforeItWhereTheMethodWantsThemThere() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            EncodedText text = text(template(model, USUAL, Place.BEFORE, "{text} It was {mask}."), INPUT);
            assertThat(spelled(model, text))
                    .isEqualTo("[CLS] a warm film . it was great . [SEP] a dull film . it was terrible . [SEP]"
                            + " i like it . it was [MASK] . [SEP]");
            assertThat(text.maskPositions()).containsExactly(25);
        }
    }

    @Test
    void segmentsAreThoseThatEachTextHasAlone() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            EncodedText text = text(template(model, USUAL, Place.BEHIND, "{text} {sep} It was {mask}."), INPUT);
            String alone = "0 0 0 0 0 0 1 1 1 1 1";
            assertThat(Arrays.stream(text.segmentIds())
                            .mapToObj(Integer::toString)
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(alone + " 0 0 0 0 0 1 1 1 1 1 0 0 0 0 0 1 1 1 1 1");
        }
    }

    @Test
    void wordsOfSeveralTokensStandThereWhole() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            ClassificationTask<Review, Sentiment> task = ClassificationTask.of(Review.class, Sentiment.class)
                    .template("{text} It was {mask}.")
                    .placeholder("text", Review::text)
                    .label(Sentiment.POSITIVE, "unforgettable", "good")
                    .label(Sentiment.NEGATIVE, "bad")
                    .multiTokenWords(MultiTokenWords.FIRST)
                    .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en"))
                    .build();
            LabelTask labelTask = LabelTask.of(task);
            DemonstratedTemplate template =
                    DemonstratedTemplate.of(labelTask, labelTask.templates().get(0), model, USUAL, Place.BEHIND);
            int[] shown = template.demonstration(GOOD, 0).following().ids();
            assertThat(model.tokenizer().decode(shown)).contains("it was unforgettable.");
        }
    }

    @Test
    void textsOfUsersNeverBecomeSpecialTokens() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            DemonstratedTemplate template = template(model, USUAL, Place.BEHIND, "{text} It was {mask}.");
            Map<String, String> tricky = Map.of("text", "Fine [SEP] [MASK] [CLS] <s>");
            EncodedText text = template.text(
                    tricky, 1, List.of(template.demonstration(tricky, 0), template.demonstration(tricky, 1)));
            assertThat(count(text, model.special().mask())).isOne();
            assertThat(count(text, model.special().end()[0])).isEqualTo(3);
            assertThat(count(text, model.special().start()[0])).isOne();
        }
    }

    @Test
    void demonstrationsAreCutToTheirLimitAndAnInputToItsOwnAndTheLengthIsKept() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            String endless = "word ".repeat(1000);
            Map<String, String> values = Map.of("text", endless);
            DemonstratedTemplate template =
                    template(model, room(OptionalInt.of(20), OptionalInt.of(7)), Place.BEHIND, "{text} It was {mask}.");
            Demonstration shown = template.demonstration(values, 0);
            assertThat(shown.following().length()).isEqualTo(7 + 5);
            EncodedText text = template.text(values, 1, List.of(shown, shown));
            assertThat(text.length()).isEqualTo(20 + 6 + 2 * (7 + 5));
            assertThat(text.cut()).isTrue();
            EncodedText whole = template.text(INPUT, 1, List.of(shown, shown));
            assertThat(whole.cut()).as("a cut demonstration is no cut input").isFalse();
        }
    }

    /** 256 tokens: [CLS] It was [MASK] . [SEP] and twice It was WORD . [SEP] leave 240; of half of these a text has 110. */
    @Test
    void whereNoLimitIsWrittenTheLongestTextsThatHaveRoomAreChosen() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            assertThat(template(model, USUAL, Place.BEHIND, "{text} It was {mask}.")
                            .limits())
                    .isEqualTo(new DemonstrationLimits(110, 50));
            assertThat(template(
                                    model,
                                    room(OptionalInt.of(200), OptionalInt.empty()),
                                    Place.BEHIND,
                                    "{text} It was {mask}.")
                            .limits())
                    .isEqualTo(new DemonstrationLimits(200, 20));
        }
    }

    @Test
    void limitsThatDoNotFitAreRefusedWithTheSum() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            assertThatThrownBy(() -> template(
                            model,
                            room(OptionalInt.of(200), OptionalInt.of(30)),
                            Place.BEHIND,
                            "{text} It was {mask}."))
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.DEMONSTRATIONS_TOO_LONG))
                    .hasMessageContaining("have 276 tokens, and cloze-tiny-en may read 256 here")
                    .hasMessageContaining("206 of the input + 2 demonstrations of 35 and 35")
                    .hasMessageContaining("demonstrationLimit = 20 or less");
        }
    }

    @Test
    void t5ReadsThemAsTextBehindItsSentinel() {
        Path path = TinyModels.encoderDecoder(folder.resolve("t5"), List.of("i", "like", "warm", "dull", "film"));
        try (LanguageModel model = LanguageModel.open(path.toString())) {
            EncodedText text = text(template(model, USUAL, Place.BEHIND, "{text} It was {mask}."), INPUT);
            assertThat(count(text, model.special().mask())).isOne();
            assertThat(IntStream.range(0, text.length()).filter(at -> text.segmentIds()[at] == 1))
                    .containsExactly(text.maskPositions()[0]);
        }
    }

    /** SmolLM2 has tokens for line breaks: what it reads is what its tokenizer makes of the whole text. */
    @Test
    void aDecoderReadsThemBeforeTheInputWithEmptyLinesBetween() {
        Path path = RealModels.folder("SmolLM2-135M-Instruct");
        try (LanguageModel model = LanguageModel.open(path.toString())) {
            DemonstratedTemplate template = template(model, USUAL, Place.BEHIND, "Review: {text} It was {mask}");
            assertThat(template.place()).isEqualTo(Place.BEFORE);
            EncodedText text = text(template, INPUT);
            int[] whole = model.tokenizer()
                    .encode(
                            "Review: A warm film. It was great\n\nReview: A dull film. It was terrible\n\nReview: I like"
                                    + " it. It was",
                            true);
            assertThat(Arrays.copyOf(text.ids(), text.length() - 1)).isEqualTo(whole);
            assertThat(text.maskPositions()).containsExactly(whole.length);
        }
    }

    private static EncodedText text(DemonstratedTemplate template, Map<String, String> input) {
        return template.text(input, 1, List.of(template.demonstration(GOOD, 0), template.demonstration(BAD, 1)));
    }

    private static DemonstratedTemplate template(
            LanguageModel model, DemonstrationRoom room, Place place, String template) {
        LabelTask task = LabelTask.of(Reviews.asked(template)
                .tuning(TaskTuning.of(TuningMethod.LM_BFF, model.folder().name()))
                .build());
        return DemonstratedTemplate.of(task, task.templates().get(0), model, room, place);
    }

    private static String spelled(LanguageModel model, EncodedText text) {
        return Arrays.stream(text.ids())
                .mapToObj(id -> model.tokenizer().token(id))
                .collect(Collectors.joining(" "));
    }

    private static long count(EncodedText text, int token) {
        return Arrays.stream(text.ids()).filter(id -> id == token).count();
    }
}
