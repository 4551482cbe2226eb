package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.model.SentenceEncoder.Pooling;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentenceEncoderTest {

    private static final String TINY = "cloze-tiny-en";
    private static final List<String> TEXTS = List.of(
            "The room was clean.",
            "Delicious food and a perfect evening.",
            "",
            "word ".repeat(400),
            "It broke at once.");

    @TempDir
    private Path folder;

    /** Vectors of sentence-transformers' model, whose pooling and normalising transformers' numbers are put through. */
    @Test
    void vectorsOfAPublishedEncoderAreThoseOfItsOwnLibrary() throws IOException {
        String published = RealModels.folder("all-MiniLM-L6-v2").toString();
        JsonObject golden = golden();
        List<String> texts = golden.getAsJsonArray("texts").asList().stream()
                .map(text -> text.getAsString())
                .toList();
        try (SentenceEncoder encoder = SentenceEncoder.open(published)) {
            assertThat(encoder.size()).isEqualTo(384);
            float[][] vectors = encoder.encode(texts);
            assertStarts(vectors, golden.getAsJsonArray("normalised means"));
            for (int i = 0; i < vectors.length; i++) {
                JsonArray cosines = golden.getAsJsonArray("cosines").get(i).getAsJsonArray();
                for (int j = 0; j < vectors.length; j++) {
                    assertThat(product(vectors[i], vectors[j]))
                            .isCloseTo(cosines.get(j).getAsDouble(), within(1e-5));
                }
            }
        }
        for (Pooling pooling : Pooling.values()) {
            try (SentenceEncoder encoder = SentenceEncoder.of(LanguageModel.open(published), pooling, false)) {
                String expected = pooling == Pooling.MEAN ? "means" : "first";
                assertStarts(encoder.encode(texts), golden.getAsJsonArray(expected));
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aVectorDependsOnNoOtherTextAndHasNormOne() {
        try (SentenceEncoder encoder = SentenceEncoder.open(TINY)) {
            float[][] together = encoder.encode(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                float[] alone = encoder.encode(List.of(TEXTS.get(i)))[0];
                assertThat(alone).hasSize(encoder.size()).containsExactly(together[i], within(1e-5f));
                assertThat(product(alone, alone)).isCloseTo(1, within(1e-5));
            }
            List<String> reversed = new ArrayList<>(TEXTS);
            java.util.Collections.reverse(reversed);
            assertThat(encoder.encode(reversed)[0]).containsExactly(together[TEXTS.size() - 1], within(1e-5f));
            assertThat(encoder.encode(List.of())).isEmpty();
        }
    }

    @Test
    void theFirstTokenIsAnEncodersAlone() {
        String decoder = TinyModels.decoder(folder, 64, List.of("the", "room", "was", "clean"))
                .toString();
        assertThatThrownBy(() -> SentenceEncoder.of(LanguageModel.open(decoder), Pooling.FIRST, true))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED));
        try (SentenceEncoder encoder = SentenceEncoder.open(decoder)) {
            assertThat(encoder.encode(List.of("the room", "was clean"))).hasDimensions(2, encoder.size());
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static void assertStarts(float[][] vectors, JsonArray expected) {
        for (int i = 0; i < vectors.length; i++) {
            JsonArray row = expected.get(i).getAsJsonArray();
            float[] numbers = new float[row.size()];
            for (int j = 0; j < numbers.length; j++) {
                numbers[j] = row.get(j).getAsFloat();
            }
            assertThat(Arrays.copyOf(vectors[i], numbers.length))
                    .as("text %d", i)
                    .containsExactly(numbers, within(1e-5f));
        }
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static JsonObject golden() throws IOException {
        try (InputStreamReader in = new InputStreamReader(
                Objects.requireNonNull(SentenceEncoderTest.class.getResourceAsStream("/real/sentences.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in).getAsJsonObject();
        }
    }
}
