package dev.cloze.runtime.tuning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.JointScorer;
import dev.cloze.runtime.verbalizer.LabelVocabulary;
import dev.cloze.runtime.verbalizer.MaskModel;
import dev.cloze.runtime.verbalizer.MaskScores;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Label words of one, two and three tokens against {@code parity/NAME/several-masks.json}: {@code several_masks_goldens.py}
 * restates over transformers how PET's code scores them, one text and one word at a time, and how it trains.
 */
class SeveralMasksTest {

    private static final Map<String, MultiTokenWords> WAYS = Map.of(
            "default", MultiTokenWords.JOINT,
            "ltr", MultiTokenWords.LEFT_TO_RIGHT,
            "parallel", MultiTokenWords.PARALLEL);

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta"})
    void theThreeWaysToFillMasksGiveTheReferencesScoresWhateverTheBatch(String name) throws Exception {
        JsonObject golden = new ParityFixture(name).json("several-masks.json");
        List<int[]> words = words(golden);
        try (Encoder encoder = new ParityFixture(name).load()) {
            MaskModel model = (texts, tokens, normalised) -> new MaskScores(
                    encoder.scores(texts.stream().map(ModelTemplate::row).toList(), tokens, normalised));
            for (Map.Entry<String, MultiTokenWords> way : WAYS.entrySet()) {
                JsonArray expected = golden.getAsJsonObject("scores").getAsJsonArray(way.getKey());
                List<Integer> all = IntStream.range(0, expected.size()).boxed().toList();
                for (int size : new int[] {all.size(), 1, 4}) {
                    List<float[]> found = new ArrayList<>();
                    for (int from = 0; from < all.size(); from += size) {
                        List<Integer> some = all.subList(from, Math.min(all.size(), from + size));
                        found.addAll(List.of(new JointScorer(model, way.getValue())
                                .score(
                                        masks -> some.stream()
                                                .map(i -> text(golden, i, masks))
                                                .toList(),
                                        words)));
                    }
                    for (int i = 0; i < found.size(); i++) {
                        assertClose(way.getKey() + " " + i, found.get(i), expected.get(i), 1e-4);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta"})
    void theGradientOfTheHingeLossIsThatOfTransformersAndTorch(String name) throws Exception {
        JsonObject golden = new ParityFixture(name).json("several-masks.json");
        int[] labels = ParityFixture.vector(golden.get("labels"));
        int[] all = IntStream.range(0, labels.length).toArray();
        JsonObject expected = golden.getAsJsonObject("training");
        try (Encoder source = new ParityFixture(name).loadWithoutDropout();
                Backbone trained = source.trainableCopy();
                Kernel kernel = Kernel.compile(trained.memory(), KernelSource.read("tuning", Map.of()));
                NDManager scope = trained.memory().newSubManager()) {
            try (Gradients gradients = Gradients.record()) {
                NDArray loss = objective(golden).of(trained, kernel).loss(scope, all, 1, 1, Dropout.NONE);
                gradients.backward(loss);
                assertThat((double) loss.getFloat())
                        .isCloseTo(expected.getAsJsonArray("losses").get(0).getAsDouble(), within(1e-4));
            }
            Map<String, Tensor> found = new LinkedHashMap<>();
            for (Map.Entry<WeightSlot, NDArray> weight : trained.weights().entrySet()) {
                found.putAll(weight.getKey().published(weight.getValue().getGradient()));
            }
            Map<String, JsonElement> gradients =
                    expected.getAsJsonObject("gradients").asMap();
            assertThat(gradients).hasSizeGreaterThan(10);
            gradients.forEach((weight, values) -> {
                assertThat(found).containsKey(weight);
                float[] start = new float[values.getAsJsonArray().size()];
                FloatBuffer data =
                        Objects.requireNonNull(found.get(weight)).data().duplicate();
                data.get(start);
                assertClose(weight, start, values, 1e-4);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta"})
    void twentyStepsWithTheHingeLossAreThoseOfTransformersAndTorch(String name) throws Exception {
        JsonObject golden = new ParityFixture(name).json("several-masks.json");
        JsonObject expected = golden.getAsJsonObject("training");
        int steps = expected.getAsJsonArray("losses").size();
        int examples = golden.getAsJsonArray("labels").size();
        TrainingOptions options = TrainingOptions.defaults()
                .withMaxSteps(steps)
                .withBatchSize(examples)
                .withLearningRate(expected.get("lr").getAsDouble())
                .withWeightDecay(expected.get("weight_decay").getAsDouble())
                .withEvaluateEvery(0);
        List<StepEnded> ended = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                ended.add(step);
            }
        };
        try (Encoder source = new ParityFixture(name).loadWithoutDropout();
                FullTuning tuning = new FullTuning(source, objective(golden), options, backbone -> 0)) {
            new TrainingLoop(options, new TrainingTask(examples, 0, Map.of()), List.of(listener)).run(tuning);
        }
        assertThat(ended).hasSize(steps);
        for (int i = 0; i < steps; i++) {
            assertThat(ended.get(i).loss())
                    .isCloseTo(expected.getAsJsonArray("losses").get(i).getAsDouble(), within(1e-4));
            assertThat(ended.get(i).gradientNorm())
                    .isCloseTo(
                            expected.getAsJsonArray("norms_before_clipping")
                                    .get(i)
                                    .getAsDouble(),
                            within(1e-3));
        }
    }

    /** As a task has it: one projection at the masks of the longest word. */
    private static Objective.Plan objective(JsonObject golden) {
        List<int[]> words = words(golden);
        Map<String, List<String>> declared = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            declared.put("label " + i, List.of(Integer.toString(i)));
        }
        CompiledVerbalizer<String> verbalizer =
                CompiledVerbalizer.compile(declared, MultiTokenWords.JOINT, vocabulary(words), true);
        List<LabelProjection> projections = LabelProjection.of(verbalizer, LabelLoss.HINGE);
        assertThat(projections).hasSize(1);
        int masks = projections.get(0).masks();
        assertThat(masks).isEqualTo(3);
        int[] labels = ParityFixture.vector(golden.get("labels"));
        return LabelObjective.atMasks(
                projections,
                new TrainingExamples(
                        List.of(IntStream.range(0, labels.length)
                                .mapToObj(i -> ModelTemplate.row(text(golden, i, masks)))
                                .toList()),
                        labels),
                LabelLoss.HINGE);
    }

    /** A word's text is its number. */
    private static LabelVocabulary vocabulary(List<int[]> words) {
        return new LabelVocabulary() {
            @Override
            public List<Integer> encodeWord(String word, boolean afterSpace) {
                return Arrays.stream(words.get(Integer.parseInt(word))).boxed().toList();
            }

            @Override
            public OptionalInt unknownId() {
                return OptionalInt.empty();
            }

            @Override
            public String token(int id) {
                return Integer.toString(id);
            }

            @Override
            public List<String> nearestSingleTokenWords(String word, boolean afterSpace, int k) {
                return List.of();
            }

            @Override
            public SortedMap<Integer, String> wholeWords(boolean afterSpace) {
                return new TreeMap<>();
            }
        };
    }

    private static List<int[]> words(JsonObject golden) {
        return List.of(ParityFixture.matrix(golden.get("words")));
    }

    private static EncodedText text(JsonObject golden, int number, int masks) {
        JsonObject special = golden.getAsJsonObject("special");
        JsonObject one = golden.getAsJsonArray("texts").get(number).getAsJsonObject();
        int[] before = ParityFixture.vector(one.get("before"));
        IntStream ids = IntStream.concat(
                IntStream.concat(IntStream.of(special.get("begin").getAsInt()), IntStream.of(before)),
                IntStream.generate(() -> special.get("mask").getAsInt()).limit(masks));
        int[] whole = IntStream.concat(
                        IntStream.concat(ids, IntStream.of(ParityFixture.vector(one.get("behind")))),
                        IntStream.of(special.get("end").getAsInt()))
                .toArray();
        int[] places =
                IntStream.range(before.length + 1, before.length + 1 + masks).toArray();
        return new EncodedText(whole, new int[whole.length], places, false);
    }

    private static void assertClose(String what, float[] found, JsonElement expected, double tolerance) {
        JsonArray values = expected.getAsJsonArray();
        assertThat(found).as(what).hasSize(values.size());
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as(what).isCloseTo(values.get(i).getAsDouble(), within(tolerance));
        }
    }
}
