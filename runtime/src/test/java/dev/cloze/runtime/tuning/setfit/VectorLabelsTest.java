package dev.cloze.runtime.tuning.setfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.SentenceGoldens;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SetFit answers before the encoder is tuned: vectors of sentence-transformers, the regression of scikit-learn. */
class VectorLabelsTest {

    @TempDir
    private Path folder;

    @Test
    void aPublishedEncoderAnswersAsWithScikitLearn() throws IOException {
        JsonObject golden = SentenceGoldens.published().getAsJsonObject("setfit");
        try (LanguageModel model =
                LanguageModel.open(RealModels.folder("all-MiniLM-L6-v2").toString())) {
            assertThat(VectorLength.of(model.folder().sentenceModules())).isEqualTo(VectorLength.UNIT);
            for (JsonElement each : golden.getAsJsonArray("of")) {
                assertAnswers(model, length(each.getAsJsonObject()), golden, each.getAsJsonObject());
            }
        }
    }

    /** Its folder says which states and how long vectors are. */
    @ParameterizedTest
    @ValueSource(strings = {"mean", "cls"})
    void aSmallEncoderAnswersAsWithScikitLearn(String pooling) throws IOException {
        JsonObject golden = SentenceGoldens.tiny().getAsJsonObject(pooling).getAsJsonObject("setfit");
        for (JsonElement each : golden.getAsJsonArray("of")) {
            JsonObject expected = each.getAsJsonObject();
            boolean unit = length(expected) == VectorLength.UNIT;
            String place = unit + "-" + expected.get("labels").getAsInt();
            Path encoder = SentenceGoldens.folder(folder.resolve(place), pooling, unit);
            try (LanguageModel model = LanguageModel.open(encoder.toString())) {
                assertAnswers(model, VectorLength.of(model.folder().sentenceModules()), golden, expected);
            }
        }
    }

    private static VectorLength length(JsonObject expected) {
        return expected.get("unit").getAsBoolean() ? VectorLength.UNIT : VectorLength.AS_IS;
    }

    private static void assertAnswers(
            LanguageModel model, VectorLength length, JsonObject golden, JsonObject expected) {
        List<LabelAnswer> answers = learned(
                        model, length, golden, expected.get("labels").getAsInt())
                .answer(SentenceGoldens.inputs(golden.getAsJsonArray("asked")));
        JsonArray probabilities = expected.getAsJsonArray("probabilities");
        assertThat(answers).hasSameSizeAs(probabilities);
        for (int i = 0; i < answers.size(); i++) {
            float[] said = answers.get(i).scores();
            JsonArray row = probabilities.get(i).getAsJsonArray();
            for (int label = 0; label < row.size(); label++) {
                assertThat(Math.exp(said[label]))
                        .as("%s, text %d, label %d", expected.get("unit"), i, label)
                        .isCloseTo(row.get(label).getAsDouble(), within(1e-5));
            }
        }
    }

    private static VectorLabels learned(LanguageModel model, VectorLength length, JsonObject golden, int labels) {
        HeadReading reading = HeadReading.ofVectors(task(labels), model, TextStates.of(model));
        List<Map<String, String>> texts = SentenceGoldens.inputs(golden.getAsJsonArray("texts"));
        int[] all = IntStream.range(0, texts.size())
                .map(i -> golden.getAsJsonArray("labels").get(i).getAsInt())
                .toArray();
        int[] own = IntStream.range(0, all.length).filter(i -> all[i] < labels).toArray();
        return VectorLabels.learned(
                reading,
                model.backbone(),
                length,
                reading.rows(IntStream.of(own)
                        .mapToObj(i -> reading.encode(texts.get(i)))
                        .toList()),
                IntStream.of(own).map(i -> all[i]).toArray());
    }

    private static LabelTask task(int labels) {
        ClassificationTask.Builder<Review, String> builder = ClassificationTask.of(Review.class, String.class)
                .template("{text}")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.SETFIT));
        List.of("good", "bad", "fair").subList(0, labels).forEach(builder::label);
        return LabelTask.of(builder.build());
    }
}
