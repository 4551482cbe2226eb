package dev.cloze.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import dev.cloze.runtime.metric.RougeL.Words;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextMetricsTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    /** What sacrebleu and rouge_score say of one text; made by text_metric_goldens.py. */
    private record Sentence(
            String hypothesis,
            List<String> references,
            double bleu,
            double chrF,
            double chrFPlusPlus,
            List<Double> rougeL,
            List<Double> rougeLsum,
            List<Double> rougeLStemmed,
            List<Double> rougeLsumStemmed) {}

    /** What they say of those from {@code begin} to {@code end} taken together. */
    private record Corpus(
            int begin,
            int end,
            double bleu,
            List<Double> precisions,
            double brevityPenalty,
            long textLength,
            long referenceLength,
            double chrF,
            double chrFPlusPlus,
            double rougeL,
            double rougeLStemmed) {

        List<String> hypotheses() {
            return goldens.sentences.subList(begin, end).stream()
                    .map(Sentence::hypothesis)
                    .toList();
        }

        List<List<String>> references() {
            return goldens.sentences.subList(begin, end).stream()
                    .map(Sentence::references)
                    .toList();
        }
    }

    private record Goldens(List<Sentence> sentences, List<Corpus> corpora) {}

    private static Goldens goldens;

    @BeforeAll
    static void read() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TextMetricsTest.class.getResourceAsStream("/metric/texts.json")),
                StandardCharsets.UTF_8)) {
            goldens = new Gson().fromJson(reader, Goldens.class);
        }
    }

    @Test
    void sentencesScoreAsTheReferenceScriptsHaveIt() {
        assertThat(goldens.sentences).hasSizeGreaterThan(200).allSatisfy(golden -> {
            String text = golden.hypothesis;
            List<String> references = golden.references;
            assertThat(Bleu.sentence(text, references)).as("BLEU").isCloseTo(golden.bleu, CLOSE);
            assertThat(ChrF.sentence(text, references)).as("chrF").isCloseTo(golden.chrF, CLOSE);
            assertThat(ChrF.sentencePlusPlus(text, references)).as("chrF++").isCloseTo(golden.chrFPlusPlus, CLOSE);
            assertRouge(RougeL.of(text, references), golden.rougeL);
            assertRouge(RougeL.ofLines(text, references), golden.rougeLsum);
            assertRouge(RougeL.of(text, references, Words.STEMMED), golden.rougeLStemmed);
            assertRouge(RougeL.ofLines(text, references, Words.STEMMED), golden.rougeLsumStemmed);
        });
    }

    private static void assertRouge(RougeL actual, List<Double> golden) {
        assertThat(actual.precision()).as("precision").isCloseTo(golden.get(0), CLOSE);
        assertThat(actual.recall()).as("recall").isCloseTo(golden.get(1), CLOSE);
        assertThat(actual.f()).as("F").isCloseTo(golden.get(2), CLOSE);
    }

    @Test
    void corporaScoreAsTheReferenceScriptsHaveIt() {
        assertThat(goldens.corpora).hasSizeGreaterThan(20).allSatisfy(golden -> {
            Bleu bleu = Bleu.of(golden.hypotheses(), golden.references());
            assertThat(bleu.score()).isCloseTo(golden.bleu, CLOSE);
            assertThat(Bleu.corpus(golden.hypotheses(), golden.references())).isEqualTo(bleu.score());
            for (int order = 0; order < 4; order++) {
                assertThat(bleu.precisions().get(order)).isCloseTo(golden.precisions.get(order), CLOSE);
            }
            assertThat(bleu.brevityPenalty()).isCloseTo(golden.brevityPenalty, CLOSE);
            assertThat(bleu.textLength()).isEqualTo(golden.textLength);
            assertThat(bleu.referenceLength()).isEqualTo(golden.referenceLength);
            assertThat(ChrF.corpus(golden.hypotheses(), golden.references())).isCloseTo(golden.chrF, CLOSE);
            assertThat(ChrF.corpusPlusPlus(golden.hypotheses(), golden.references()))
                    .isCloseTo(golden.chrFPlusPlus, CLOSE);
            assertThat(RougeL.mean(golden.hypotheses(), golden.references())).isCloseTo(golden.rougeL, CLOSE);
            assertThat(RougeL.mean(golden.hypotheses(), golden.references(), Words.STEMMED))
                    .isCloseTo(golden.rougeLStemmed, CLOSE);
        });
    }

    @Test
    void perplexityIsTheExponentialOfTheMeanSurprise() {
        assertThat(Perplexity.of(0, 7)).isEqualTo(1);
        assertThat(Perplexity.of(3 * Math.log(512), 3)).isCloseTo(512, CLOSE);
        assertThat(Perplexity.of(-Math.log(.5) - Math.log(.125), 2)).isCloseTo(4, CLOSE);
    }

    @Test
    void nothingToEvaluateIsAnError() {
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> Bleu.corpus(List.of(), List.of()),
                () -> ChrF.corpus(List.of(), List.of()),
                () -> RougeL.mean(List.of(), List.of()),
                () -> Perplexity.of(0, 0))) {
            assertThatThrownBy(call).hasMessageStartingWith("[EvaluationNoExamples] There are no t");
        }
    }

    @Test
    void textsAndReferencesGoTogether() {
        List<String> two = List.of("a", "b");
        assertThatThrownBy(() -> Bleu.corpus(two, List.of(List.of("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 texts were given with the references of 1");
        assertThatThrownBy(() -> ChrF.corpus(two, List.of(List.of("a"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text at index 1 has no reference");
        assertThatThrownBy(() -> RougeL.of("a", List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
