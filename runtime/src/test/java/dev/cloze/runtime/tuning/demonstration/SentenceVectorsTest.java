package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.SentenceGoldens;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceVectorsTest {

    private static final List<String> TEXTS = List.of(
            "The room was clean.",
            "Delicious food and a perfect evening.",
            "",
            "word ".repeat(400),
            "It broke at once.");

    /** Vectors of sentence-transformers' model, whose pooling and normalising transformers' numbers are put through. */
    @Test
    void vectorsOfAPublishedEncoderAreThoseOfItsOwnLibrary() throws IOException {
        JsonObject golden = SentenceGoldens.published();
        List<Map<String, String>> texts = SentenceGoldens.inputs(golden.getAsJsonArray("texts"));
        try (LanguageModel model =
                LanguageModel.open(RealModels.folder("all-MiniLM-L6-v2").toString())) {
            float[][] vectors = new SentenceVectors(model).of(texts);
            assertThat(vectors).hasDimensions(texts.size(), 384);
            assertStart(vectors, golden.getAsJsonArray("normalised means"));
            for (int i = 0; i < vectors.length; i++) {
                JsonArray cosines = golden.getAsJsonArray("cosines").get(i).getAsJsonArray();
                for (int j = 0; j < vectors.length; j++) {
                    assertThat(product(vectors[i], vectors[j]))
                            .isCloseTo(cosines.get(j).getAsDouble(), within(1e-5));
                }
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aModelWhoseVectorsAreItsFirstTokensHasThoseOfItsOwnLibrary(@TempDir Path folder) throws IOException {
        try (Stream<Path> files = Files.list(RealModels.folder("bge-small-en-v1.5"))) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
            }
        }
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"type\": \"sentence_transformers.models.Pooling\", \"path\": \"1_Pooling\"}]");
        Files.writeString(
                Files.createDirectory(folder.resolve("1_Pooling")).resolve("config.json"),
                "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        JsonObject golden = SentenceGoldens.published();
        List<Map<String, String>> texts = SentenceGoldens.inputs(golden.getAsJsonArray("texts"));
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            assertStart(new SentenceVectors(model).of(texts), golden.getAsJsonArray("first tokens of bge"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean", "cls"})
    void vectorsOfASmallEncoderAreThoseOfTheSameLibrary(String pooling, @TempDir Path folder) throws IOException {
        JsonObject golden = SentenceGoldens.tiny();
        SentenceGoldens.folder(folder, pooling, true);
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            assertStart(
                    new SentenceVectors(model).of(SentenceGoldens.inputs(golden.getAsJsonArray("texts"))),
                    golden.getAsJsonObject(pooling).getAsJsonArray("vectors"));
        }
    }

    private static void assertStart(float[][] vectors, JsonArray expected) {
        assertThat(vectors).hasNumberOfRows(expected.size());
        for (int i = 0; i < vectors.length; i++) {
            float[] start = floats(expected.get(i).getAsJsonArray());
            assertThat(Arrays.copyOf(vectors[i], start.length)).as("text %d", i).containsExactly(start, within(1e-5f));
        }
    }

    /** A decoder whose library takes the last token's state: that of what its tokenizer ends a text with. */
    @Test
    void aDecodersTextEndsAsItsTokenizerEndsItAndThatTokenIsTaken(@TempDir Path folder) throws IOException {
        SentenceGoldens.modules(TinyModels.decoder(folder, 64, List.of()), "lasttoken", false);
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            float[] vector = vectors(model, List.of("It was great"))[0];
            assertThat(vector).containsExactly(last(model, "[CLS]", "it", "was", "great", "[SEP]"), within(1e-5f));
            float[] before = new SentenceVectors(model, new TextStates(StatePooling.PLACES, false))
                    .of(List.of(Map.of("text", "It was great")))[0];
            assertThat(before)
                    .as("of a product whose texts did not end")
                    .containsExactly(last(model, "[CLS]", "it", "was", "great"), within(1e-5f));
        }
    }

    /** The last token's state, of length 1. */
    private static float[] last(LanguageModel model, String... tokens) {
        int[] ids = Stream.of(tokens)
                .mapToInt(token -> model.tokenizer().id(token).orElseThrow())
                .toArray();
        TokenRow row = new TokenRow(ids, new int[ids.length], new int[] {ids.length - 1});
        float[] state = model.backbone().vectors(List.of(row), StatePooling.PLACES)[0];
        double length = Math.sqrt(product(state, state));
        for (int i = 0; i < state.length; i++) {
            state[i] = (float) (state[i] / length);
        }
        return state;
    }

    @Test
    void aTokensStateThatIsNotTakenOfSuchAModelIsRemarked(@TempDir Path folder) throws IOException {
        SentenceGoldens.folder(folder, "lasttoken", true);
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            assertThat(Logged.during(
                            () -> assertThat(TextStates.of(model).pooling()).isEqualTo(StatePooling.MEAN)))
                    .singleElement()
                    .asString()
                    .contains("makes sentence vectors of the last token's state, which Cloze takes of decoders alone");
        }
    }

    @Test
    void aVectorDependsOnNoOtherTextAndHasNormOne() {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            float[][] together = vectors(model, TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                float[] alone = vectors(model, List.of(TEXTS.get(i)))[0];
                assertThat(alone).containsExactly(together[i], within(1e-5f));
                assertThat(product(alone, alone)).isCloseTo(1, within(1e-5));
            }
            List<String> reversed = new ArrayList<>(TEXTS);
            Collections.reverse(reversed);
            assertThat(vectors(model, reversed)[0]).containsExactly(together[TEXTS.size() - 1], within(1e-5f));
        }
    }

    private static float[][] vectors(LanguageModel model, List<String> texts) {
        return new SentenceVectors(model)
                .of(texts.stream().map(text -> Map.of("text", text)).toList());
    }

    private static float[] floats(JsonArray numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i).getAsFloat();
        }
        return floats;
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
