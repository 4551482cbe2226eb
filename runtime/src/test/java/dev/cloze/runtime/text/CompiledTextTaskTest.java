package dev.cloze.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Places;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.EncodedPair;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledTextTaskTest {

    private static final Place PLACE = new Place("aroma", "french", "centre");

    @TempDir
    Path folder;

    @AfterEach
    void noModelIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aDecodersPromptHasNoEndTokenAndItsTargetHasOne() {
        Path model = TinyModels.decoder(folder, 64, Places.words());
        TextRow row = row(Places.task(model), new TextPair<>(PLACE, "aroma is a french place."));
        assertThat(spelled(model, row.source())).isEqualTo("[CLS] name : aroma , food : french , area : centre .");
        assertThat(spelled(model, row.target())).isEqualTo("aroma is a french place . [SEP]");
    }

    @Test
    void anEncoderDecodersSourceAndTargetBothEnd() {
        Path model = TinyModels.encoderDecoder(folder, Places.words());
        TextRow row = row(Places.task(model), new TextPair<>(PLACE, " aroma is french. "));
        assertThat(spelled(model, row.source())).isEqualTo("name : aroma , food : french , area : centre . [SEP]");
        assertThat(spelled(model, row.target())).isEqualTo("aroma is french . [SEP]");
    }

    @Test
    void aLongInputIsCutToHalfThePositionsAndALongTargetToTheRest() {
        Path model = TinyModels.decoder(folder, 40, Places.words());
        Place place = new Place("aroma ".repeat(100), "french", "centre");
        EncodedPair pair = pair(Places.task(model), new TextPair<>(place, "the ".repeat(100)));
        assertThat(pair.cut()).isTrue();
        assertThat(pair.row().source()).hasSize(20);
        assertThat(pair.row().target()).hasSize(20);
        assertThat(spelled(model, pair.row().target())).doesNotContain("[SEP]");
        EncodedPair shortPair = pair(Places.task(model), new TextPair<>(PLACE, "the ".repeat(100)));
        assertThat(shortPair.row().length()).isEqualTo(40);
    }

    /** The tiny T5 was trained on 128 tokens, and its positions are relative. */
    @Test
    void anEncoderDecoderReadsAndLearnsMoreThanItWasTrainedOnWhereThatIsWritten() {
        Path model = TinyModels.encoderDecoder(folder, Places.words());
        Place place = new Place("aroma ".repeat(700), "french", "centre");
        TextPair<Place> words = new TextPair<>(place, "the ".repeat(700));
        EncodedPair usual = pair(Places.task(model), words);
        assertThat(usual.row().source()).hasSize(128);
        assertThat(usual.row().target()).hasSize(128);
        TaskTuning more =
                TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()).with("maxLength", 600);
        EncodedPair longer = pair(Places.builder(model).tuning(more).build(), words);
        assertThat(longer.row().source()).hasSize(600);
        assertThat(longer.row().target()).hasSize(600);
    }

    @Test
    void whatATemplateEndsWithStandsBetweenAPromptAndItsTarget() {
        Path model = TinyModels.decoder(folder, 64, Places.words());
        for (String end : List.of("", " ", "\n")) {
            TextTask<Place> task =
                    Places.builder(model).template("{name}" + end).build();
            assertThat(spelled(model, row(task, new TextPair<>(PLACE, "good")).target()))
                    .isEqualTo("good [SEP]");
        }
    }

    @Test
    void aDecoderReadsNoTokenBetweenSegmentsAndAnEncoderDecoderItsEnd() {
        Path decoder = TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
        Path encoder = TinyModels.encoderDecoder(folder.resolve("t5"), Places.words());
        String template = "name: {name} {sep} food: {food}";
        assertThat(source(decoder, template)).isEqualTo("[CLS] name : aroma food : french");
        assertThat(source(encoder, template)).isEqualTo("name : aroma [SEP] food : french [SEP]");
    }

    private static String source(Path model, String template) {
        TextTask<Place> task = Places.builder(model).template(template).build();
        return spelled(model, row(task, new TextPair<>(PLACE, "good")).source());
    }

    @Test
    void anEmptyPromptIsTheEndOfTheTextBefore() {
        Path model = TinyModels.encoderDecoder(folder, Places.words());
        TextTask<Place> task = Places.builder(model).template("{name}").build();
        TextRow row = row(task, new TextPair<>(new Place("", "", ""), "good"));
        assertThat(spelled(model, row.source())).isEqualTo("[SEP]");
    }

    @Test
    void anEncoderCannotWrite() {
        TextTask<Place> task = Places.builder(folder)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        assertThatThrownBy(() -> TextSession.pretrained(task))
                .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                        .isEqualTo(Problem.TUNING_BACKBONE_UNSUPPORTED))
                .hasMessageContaining("\"cloze-tiny-en\" writes no text")
                .hasMessageContaining("gpt2");
    }

    @Test
    void aMaskAndALengthThatLeavesNoRoomAreRefused() {
        Path model = TinyModels.decoder(folder, 64, Places.words());
        TextTask<Place> masked =
                Places.builder(model).template("{name} is {mask}").build();
        assertThatThrownBy(() -> TextSession.pretrained(masked)).hasMessageContaining("[TaskVerbalizerMissing]");
        TaskTuning whole =
                TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()).with("maxLength", 64);
        assertThatThrownBy(() -> TextSession.pretrained(
                        Places.builder(model).tuning(whole).build()))
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("no position to write at");
    }

    @Test
    void virtualTokensAndAnEmptyTemplateAreRefused() {
        Path model = TinyModels.decoder(folder, 64, Places.words());
        assertRefused(model, "{name} {soft:3} is", Problem.TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD, "{soft} at column 8");
        assertRefused(model, "", Problem.TEMPLATE_NO_PLACEHOLDER, "something to read");
        assertRefused(model, " {sep} ", Problem.TEMPLATE_NO_PLACEHOLDER, "something to read");
        TextTask<Place> tale = Places.builder(model).template("the place").build();
        assertThat(spelled(model, row(tale, new TextPair<>(PLACE, "good")).source()))
                .isEqualTo("[CLS] the place");
    }

    private static void assertRefused(Path model, String template, Problem problem, String part) {
        TextTask<Place> task = Places.builder(model).template(template).build();
        assertThatThrownBy(() -> TextSession.pretrained(task))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(part);
    }

    private static TextRow row(TextTask<Place> task, TextPair<Place> pair) {
        return pair(task, pair).row();
    }

    private static EncodedPair pair(TextTask<Place> task, TextPair<Place> pair) {
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone())) {
            return CompiledTextTask.of(WritingTask.of(task), model)
                    .pair(InputPairs.of(task, List.of(pair), "pair").get(0));
        }
    }

    private static String spelled(Path folder, int[] ids) {
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            return Arrays.stream(ids).mapToObj(model.tokenizer()::token).collect(Collectors.joining(" "));
        }
    }
}
