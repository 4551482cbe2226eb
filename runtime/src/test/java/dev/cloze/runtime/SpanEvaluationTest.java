package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Scores as seqeval computes them: {@code metric/spans.json}, which {@code span_goldens.py} wrote. */
class SpanEvaluationTest {

    private static final double EXACT = 1e-12;

    @Test
    void scoresAreThoseOfSeqeval() throws IOException {
        JsonObject golden = goldens();
        List<String> labels = golden.getAsJsonArray("labels").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
        assertThat(golden.getAsJsonArray("scores")).hasSize(7);
        for (JsonElement each : golden.getAsJsonArray("scores")) {
            JsonObject expected = each.getAsJsonObject();
            SpanEvaluation<String> measured = SpanEvaluation.of(
                    labels,
                    spans(expected.getAsJsonArray("right"), labels),
                    spans(expected.getAsJsonArray("found"), labels),
                    0);
            assertThat(measured.precision()).isCloseTo(expected.get("precision").getAsDouble(), within(EXACT));
            assertThat(measured.recall()).isCloseTo(expected.get("recall").getAsDouble(), within(EXACT));
            assertThat(measured.f1()).isCloseTo(expected.get("f1").getAsDouble(), within(EXACT));
            assertThat(measured.macroF1()).isCloseTo(expected.get("macro_f1").getAsDouble(), within(EXACT));
            JsonObject byLabel = expected.getAsJsonObject("labels");
            assertThat(measured.labels().keySet()).isEqualTo(byLabel.keySet());
            measured.labels().forEach((label, scores) -> {
                JsonObject one = byLabel.getAsJsonObject(label);
                assertThat(scores.precision()).isCloseTo(one.get("precision").getAsDouble(), within(EXACT));
                assertThat(scores.recall()).isCloseTo(one.get("recall").getAsDouble(), within(EXACT));
                assertThat(scores.f1()).isCloseTo(one.get("f1-score").getAsDouble(), within(EXACT));
                assertThat(scores.support()).isEqualTo(one.get("support").getAsInt());
            });
        }
    }

    @Test
    void theLineNamesAllMeasures() {
        List<List<Span<String>>> right = List.of(List.of(new Span<>(0, 2, "A"), new Span<>(3, 4, "B")));
        List<List<Span<String>>> found = List.of(List.of(new Span<>(0, 2, "A"), new Span<>(3, 4, "A")));
        assertThat(SpanEvaluation.of(List.of("A", "B", "C"), right, found, 1))
                .hasToString("F1 0.5000 (precision 0.5000, recall 0.5000), macro F1 0.3333, cut inputs 100.0%, n 1");
    }

    @Test
    void nothingIsNotEvaluated() {
        assertThatThrownBy(() -> SpanEvaluation.of(List.of("A"), List.of(), List.of(), 0))
                .hasMessageContaining("[EvaluationNoExamples]");
    }

    private static List<List<Span<String>>> spans(JsonArray texts, List<String> labels) {
        return texts.asList().stream()
                .map(text -> text.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsJsonArray)
                        .map(one -> new Span<>(
                                one.get(0).getAsInt(),
                                one.get(1).getAsInt(),
                                labels.get(one.get(2).getAsInt())))
                        .toList())
                .toList();
    }

    private static JsonObject goldens() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(SpanEvaluationTest.class.getResourceAsStream("/metric/spans.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }
}
