package dev.cloze.runtime.templatesearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.templatesearch.TemplateFinding.Found;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import dev.cloze.runtime.tuning.LabelTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WrittenTemplatesTest {

    private static LanguageModel writer;

    @BeforeAll
    static void open() {
        writer = LanguageModel.open(SearchedReviews.T5);
    }

    @AfterAll
    static void close() {
        writer.close();
    }

    private static Optional<String> template(SpanForm form, String written) {
        Sentinels sentinels = Sentinels.of(writer);
        int[] tokens = Arrays.stream(written.split(" "))
                .mapToInt(piece -> writer.tokenizer().id(piece).orElseThrow())
                .toArray();
        int span = 1;
        for (int token : tokens) {
            span += span <= 2 && sentinels.ends(token, span) ? 1 : 0;
        }
        SearchedTexts texts = SearchedTexts.of(SearchedReviews.labelTask(form, Compat.PAPER));
        return new WrittenTemplates(writer, sentinels, texts).of(form, new SharedBeam.Line(tokens, -1, span, 0));
    }

    @Test
    void spansStandAroundTheMask() {
        assertThat(template(SpanForm.BEHIND, "<extra_id_0> ▁It ▁was <extra_id_1> . <extra_id_2>"))
                .contains("{text|lower} It was {mask}.");
        assertThat(template(SpanForm.BEHIND, "<extra_id_0> . ▁It ▁was <extra_id_1> ▁all </s>"))
                .contains("{text|lower}. It was {mask} all");
        assertThat(template(SpanForm.BEFORE, "<extra_id_0> <extra_id_1> ! <extra_id_2>"))
                .contains("{mask}! {text|lower}");
        assertThat(template(SpanForm.BEFORE, "<extra_id_0> ▁It ▁was <extra_id_1> <extra_id_2>"))
                .contains("It was {mask} {text|lower}");
        assertThat(template(SpanForm.BETWEEN, "<extra_id_0> ? <extra_id_1> , <extra_id_2>"))
                .contains("{text|lower}? {mask}, {other|lower}");
    }

    @Test
    void bracesOfASpanAreLiteral() {
        assertThat(template(SpanForm.BEHIND, "<extra_id_0> ▁Just { R } <extra_id_1> } <extra_id_2>"))
                .contains("{text|lower} Just{{R}} {mask}}}");
    }

    @Test
    void whatIsNoTemplateIsDropped() {
        for (String written : List.of(
                "▁It ▁was <extra_id_1> . <extra_id_2>", // does not begin with a span
                "<extra_id_0> ▁It ▁was <extra_id_1> .", // is not ended
                "<extra_id_0> ▁It </s> . </s>", // has no place for the word
                "<extra_id_0> ▁It <extra_id_3> <extra_id_1> . <extra_id_2>",
                "<extra_id_0> ▁It <extra_id_1> <unk> <extra_id_2>",
                "<extra_id_0> ▁It <extra_id_1> <pad> <extra_id_2>")) {
            assertThat(template(SpanForm.BEHIND, written)).as(written).isEmpty();
        }
    }

    private static List<String> found(String backbone, TemplateSearch search) {
        LabelTask task = LabelTask.of(SearchedReviews.task(Compat.PAPER));
        try (LanguageModel model = LanguageModel.open(backbone)) {
            return new TemplateFinding(writer, task, search)
                    .templates(model, SearchedReviews.values(), token -> {}).stream()
                            .map(Found::text)
                            .toList();
        }
    }

    @Test
    void bothFormsOfATextComeInTurnAndEachTemplateOnce() {
        TemplateSearch search = TemplateSearch.with(SearchedReviews.T5).withBeam(30);
        List<String> all = found("cloze-tiny-en", search);
        assertThat(all).doesNotHaveDuplicates().hasSizeBetween(10, 30).contains("{text|lower} It was {mask}.");
        assertThat(all.get(0)).startsWith("{text|lower}");
        assertThat(all.get(1)).endsWith(" {text|lower}");
        assertThat(all).allMatch(template -> template.contains("{mask}"));
        assertThat(found("cloze-tiny-en", search.withCandidates(4))).isEqualTo(all.subList(0, 4));
    }

    @Test
    void ofSeveralPlaceholdersTheLastStandsBehindTheWord() {
        LabelTask task = LabelTask.of(Reviews.asked("{title} by {author.name|limit:3}: {mask}. {text|lower}")
                .placeholder("title", review -> "A title")
                .placeholder("author.name", review -> "")
                .build());
        SearchedTexts texts = SearchedTexts.of(task);
        assertThat(SpanForm.of(texts.size())).containsExactly(SpanForm.BETWEEN);
        assertThat(texts.writtenBefore(SpanForm.BETWEEN)).isEqualTo("{title} {author.name|limit:3}");
        assertThat(texts.writtenAfter(SpanForm.BETWEEN)).isEqualTo("{text|lower}");
        var values = java.util.Map.of("title", "A title", "author.name", "", "text", "A Film.");
        assertThat(texts.before(SpanForm.BETWEEN, values)).isEqualTo("A title");
        assertThat(texts.after(SpanForm.BETWEEN, values)).isEqualTo("a film.");
        assertThatThrownBy(() -> SearchedTexts.of(
                        LabelTask.of(Reviews.asked("It was {mask}.").build())))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TEMPLATE_NO_PLACEHOLDER));
    }

    /** The authors' code forbids the pieces by number. */
    @Test
    void whatIsForbiddenIsWhatT5sVocabularyHasUnderTheNumbersOfTheAuthors() {
        Path folder = TokenizerFixtures.shared("models/tokenizers/t5");
        assumeTrue(Files.isDirectory(folder), "skipped: there is no folder shared/models/tokenizers/t5");
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            Sentinels sentinels = Sentinels.of(tokenizer, 1);
            assertThat(sentinels.forbidden()).isEqualTo(Set.of(3, 19794, 22354));
            assertThat(sentinels.fullStop()).isEqualTo(5);
            assertThat(Stream.of(sentinels.first(), sentinels.second(), sentinels.third()))
                    .containsExactly(32_099, 32_098, 32_097);
        }
    }
}
