package dev.cloze.runtime.templatesearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.backbone.SharedRoom;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.tuning.LabelTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The beam over all examples against {@code auto_templates.py} of the benchmarks, which restates LM-BFF's over transformers. */
class SharedBeamTest {

    private static final int BEAM = 24;

    @ParameterizedTest
    @CsvSource({"4,PAPER", "4,REFERENCE", "5,PAPER", "5,REFERENCE"})
    void whatIsWrittenIsThatOfTheRestatementButForTies(String transformers, Compat compat) throws IOException {
        int rootsBefore = OpenRoots.count();
        try (LanguageModel writer = LanguageModel.open(SearchedReviews.T5)) {
            for (SpanForm form : SpanForm.values()) {
                JsonArray expected =
                        SearchedReviews.expected(transformers, compat, form).getAsJsonArray();
                assertSame(lines(writer, form, compat), expected);
            }
        }
        assertThat(OpenModels.count()).isZero();
        assertThat(OpenRoots.count()).isEqualTo(rootsBefore);
    }

    /** The whole beam: the search keeps half of it for each form of a single text. */
    private static List<SharedBeam.Line> lines(LanguageModel writer, SpanForm form, Compat compat) {
        LabelTask task = SearchedReviews.labelTask(form, compat);
        Sentinels sentinels = Sentinels.of(writer);
        TemplateFinding finding = new TemplateFinding(
                writer, task, TemplateSearch.with(SearchedReviews.T5).withBeam(BEAM));
        List<SharedBeam.Line> kept = finding.lines(form, SearchedReviews.values(), token -> {});
        List<int[]> prompts = prompts(writer, task, form);
        List<SharedBeam.Line> all = beam(writer, sentinels, compat, finding.tokens(), SharedRoom.USUAL)
                .write(prompts, token -> {});
        assertThat(all).hasSize(BEAM);
        assertThat(kept).hasSize(form == SpanForm.BETWEEN ? BEAM : BEAM / 2);
        assertThat(kept.stream().map(line -> Arrays.toString(line.tokens())))
                .containsExactlyElementsOf(all.stream()
                        .limit(kept.size())
                        .map(line -> Arrays.toString(line.tokens()))
                        .toList());
        return all;
    }

    private static List<int[]> prompts(LanguageModel writer, LabelTask task, SpanForm form) {
        return new SpanPrompts(writer, task, SearchedTexts.of(task), Sentinels.of(writer))
                .of(form, SearchedReviews.values());
    }

    private static SharedBeam beam(
            LanguageModel writer, Sentinels sentinels, Compat compat, int tokens, SharedRoom room) {
        return new SharedBeam(writer.textBackbone(), sentinels, BEAM, tokens, compat == Compat.REFERENCE, room);
    }

    /** The same lines in the same order, where those whose sums differ by less than 1e-4 may change places. */
    private static void assertSame(List<SharedBeam.Line> lines, JsonArray expected) {
        List<String> texts = new ArrayList<>();
        List<Double> sums = new ArrayList<>();
        for (JsonElement one : expected) {
            sums.add(one.getAsJsonArray().get(0).getAsDouble());
            texts.add(one.getAsJsonArray().get(2).toString().replace(",", ", "));
        }
        assertThat(lines).hasSameSizeAs(texts);
        for (int i = 0; i < lines.size(); i++) {
            SharedBeam.Line line = lines.get(i);
            int place = texts.indexOf(Arrays.toString(line.tokens()));
            assertThat(place).as(i + ": " + Arrays.toString(line.tokens())).isNotNegative();
            assertThat(line.sum()).isCloseTo(sums.get(i), within(1e-4));
            assertThat(line.sum()).isCloseTo(sums.get(place), within(1e-4));
            assertThat(line.span())
                    .isEqualTo(expected.get(place).getAsJsonArray().get(1).getAsInt());
        }
    }

    @Test
    void whatIsNotKeptIsWrittenAnewAndIsTheSame() {
        try (LanguageModel writer = LanguageModel.open(SearchedReviews.T5)) {
            Sentinels sentinels = Sentinels.of(writer);
            LabelTask task = SearchedReviews.labelTask(SpanForm.BEHIND, Compat.PAPER);
            List<int[]> prompts = prompts(writer, task, SpanForm.BEHIND).subList(12, 17);
            long row = 4L * writer.backbone().shape().vocabularySize();
            List<List<SharedBeam.Line>> written = new ArrayList<>();
            for (SharedRoom room : List.of(
                    SharedRoom.USUAL,
                    new SharedRoom(1L << 30, 50 * row), // two prompts at a time, kept
                    new SharedRoom(400_000, 1L << 28), // a few prompts at a time, anew
                    new SharedRoom(1, 7 * row))) { // seven lines of one prompt at a time, anew
                written.add(beam(writer, sentinels, Compat.PAPER, 20, room).write(prompts, token -> {}));
            }
            for (List<SharedBeam.Line> other : written) {
                assertThat(other).hasSameSizeAs(written.get(0));
                for (int i = 0; i < other.size(); i++) {
                    assertThat(other.get(i).tokens())
                            .isEqualTo(written.get(0).get(i).tokens());
                    assertThat(other.get(i).sum())
                            .isCloseTo(written.get(0).get(i).sum(), within(1e-4));
                }
            }
        }
    }

    @Test
    void aModelThatIsNoT5IsRefused() {
        try (LanguageModel encoder = LanguageModel.open("cloze-tiny-en")) {
            assertThatThrownBy(() -> Sentinels.of(encoder))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED))
                    .hasMessageContaining("\"cloze-tiny-en\" is none");
        }
    }
}
