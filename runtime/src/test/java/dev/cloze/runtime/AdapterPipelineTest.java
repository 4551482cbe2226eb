package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PTuningOptions;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines with adapters of PEFT, read and written; see {@code peft_pipelines.py}. */
class AdapterPipelineTest {

    private static final Path ADAPTERS = TinyBackbones.folder("peft/pipelines");
    /** Of the command line's tests. */
    private static final Path WRITERS =
            Path.of("cli/src/test/resources/writers").toAbsolutePath();

    private record Line(String text) {}

    @TempDir
    private Path folder;

    private static JsonObject expected() throws IOException {
        return JsonParser.parseString(Files.readString(ADAPTERS.resolve("expected.json")))
                .getAsJsonObject();
    }

    private static List<String> strings(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "ptuning", "prefix"})
    void anEncoderAnswersAsInPeftAndIsWrittenAsPeftWroteIt(String kind) throws IOException {
        Path adapter = ADAPTERS.resolve("cloze-tiny-en-" + kind);
        Path written = folder.resolve("written");
        try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.load(Reviews.TASK, adapter)) {
            assertAnswers(pipeline, kind);
            pipeline.saveAdapter(written);
            pipeline.save(folder.resolve("archive"));
        }
        assertWritten(written, adapter, "cloze-tiny-en");
        for (String again : List.of("written", "archive")) {
            try (PromptPipeline<Review, Sentiment> pipeline =
                    PromptPipeline.load(Reviews.TASK, folder.resolve(again))) {
                assertAnswers(pipeline, kind);
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static void assertAnswers(PromptPipeline<Review, Sentiment> pipeline, String kind) throws IOException {
        List<Review> inputs =
                strings(expected().get("texts")).stream().map(Review::new).toList();
        JsonArray answers = expected().getAsJsonObject("answers").getAsJsonArray("cloze-tiny-en-" + kind);
        List<Prediction<Sentiment>> predictions = pipeline.predict(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            double[] words = answers.get(i).getAsJsonArray().asList().stream()
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray();
            double positive = (words[0] + words[1]) / 2;
            double negative = (words[2] + words[3]) / 2;
            assertThat(predictions.get(i).probabilities().get(Sentiment.POSITIVE))
                    .isCloseTo(1 / (1 + Math.exp(negative - positive)), within(1e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, prompt",
        "gpt2, ptuning",
        "gpt2, prefix",
        "llama, prompt",
        "llama, ptuning",
        "llama, prefix",
        "t5, prompt",
        "t5, ptuning",
        "t5, prefix"
    })
    void aWriterWritesAsInPeftAndIsWrittenAsPeftWroteIt(String model, String kind) throws IOException {
        Path adapter = ADAPTERS.resolve(model + "-" + kind);
        Path written = folder.resolve("written");
        List<String> texts = strings(expected().getAsJsonObject("answers").get(model + "-" + kind));
        try (TextPipeline<Line> pipeline = TextPipeline.load(task(model), adapter)) {
            assertTexts(pipeline, texts);
            pipeline.saveAdapter(written);
            pipeline.save(folder.resolve("archive"));
        }
        assertWritten(written, adapter, WRITERS.resolve(model).toString());
        for (String again : List.of("written", "archive")) {
            try (TextPipeline<Line> pipeline = TextPipeline.load(task(model), folder.resolve(again))) {
                assertTexts(pipeline, texts);
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static TextTask<Line> task(String model) {
        return TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(
                        TuningMethod.PROMPT_FINE_TUNING, WRITERS.resolve(model).toString()))
                .build();
    }

    private static void assertTexts(TextPipeline<Line> pipeline, List<String> texts) throws IOException {
        List<Line> inputs =
                strings(expected().get("prompts")).stream().map(Line::new).toList();
        int steps = expected().get("steps").getAsInt();
        assertThat(pipeline.withOptions(options -> options.withMaxTokens(steps)).generate(inputs))
                .containsExactlyElementsOf(
                        texts.stream().map(String::stripLeading).toList());
    }

    /** What PEFT 0.10 knows is as PEFT has it, but for the model's folder, and of what it doesn't nothing is written. */
    private static void assertWritten(Path written, Path adapter, String base) throws IOException {
        JsonObject ours = config(written);
        JsonObject theirs = config(adapter);
        assertThat(ours.remove("base_model_name_or_path").getAsString()).isEqualTo(base);
        for (Map.Entry<String, JsonElement> key : ours.entrySet()) {
            assertThat(key.getValue()).as(key.getKey()).isEqualTo(theirs.get(key.getKey()));
        }
        assertThat(ours.keySet())
                .containsAll(List.of("peft_type", "task_type", "num_virtual_tokens", "token_dim", "num_layers"))
                .doesNotContain("peft_version", "modules_to_save");
        try (Checkpoint one = Checkpoint.openFile(written.resolve("adapter_model.safetensors"));
                Checkpoint other = Checkpoint.openFile(adapter.resolve("adapter_model.safetensors"))) {
            assertThat(one.names()).isEqualTo(other.names()).containsExactly("prompt_embeddings");
            assertThat(one.shape("prompt_embeddings")).isEqualTo(other.shape("prompt_embeddings"));
            float[] numbers = floats(one);
            float[] known = floats(other);
            boolean pairs = ours.get("task_type").getAsString().equals("SEQ_2_SEQ_LM")
                    && ours.get("peft_type").getAsString().equals("PREFIX_TUNING");
            if (pairs) { // of which PEFT keeps some that no layer has
                assertThat(laidOut(numbers, ours)).isEqualTo(laidOut(known, ours));
            } else {
                assertThat(numbers).containsExactly(known);
            }
        }
    }

    private static float[] floats(Checkpoint checkpoint) {
        FloatBuffer stored = checkpoint.floats("prompt_embeddings");
        float[] numbers = new float[stored.remaining()];
        stored.get(numbers);
        return numbers;
    }

    /**
     * The key and the value of each layer of a T5's decoder by PEFT's {@code get_prompt}: {@code view(k, 2L, n, d)}, twice beside
     * itself along the second axis, which goes first and is split by fours; a layer's own attention takes two of its four.
     */
    private static List<List<Float>> laidOut(float[] kept, JsonObject config) {
        int length = config.get("num_virtual_tokens").getAsInt();
        int halves = 2 * config.get("num_layers").getAsInt();
        int width = config.get("token_dim").getAsInt();
        List<List<Float>> taken = new ArrayList<>();
        for (int layer = 0; layer < halves / 2; layer++) {
            for (int half = 4 * layer; half < 4 * layer + 2; half++) {
                List<Float> numbers = new ArrayList<>();
                for (int place = 0; place < length; place++) {
                    for (int i = 0; i < width; i++) {
                        numbers.add(kept[(place * halves + half % halves) * width + i]);
                    }
                }
                taken.add(numbers);
            }
        }
        return taken;
    }

    private static JsonObject config(Path adapter) throws IOException {
        return JsonParser.parseString(Files.readString(adapter.resolve("adapter_config.json")))
                .getAsJsonObject();
    }

    @Test
    void whatWasTrainedHereIsReadAgainAsAnAdapter() {
        for (TuningMethod method :
                List.of(TuningMethod.PROMPT_TUNING, TuningMethod.P_TUNING, TuningMethod.PREFIX_TUNING)) {
            Path saved = folder.resolve(method.name());
            List<Review> inputs =
                    Reviews.examples().stream().map(Labeled::input).toList();
            List<Prediction<Sentiment>> answers;
            try (PromptPipeline<Review, Sentiment> tuned = tuned(Reviews.TASK, method, true)) {
                answers = tuned.predict(inputs);
                tuned.saveAdapter(saved);
            }
            try (PromptPipeline<Review, Sentiment> read = PromptPipeline.load(Reviews.TASK, saved)) {
                assertThat(read.predict(inputs)).isEqualTo(answers);
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void wordsForAGapAreAnsweredThroughAnAdapterAsThroughWhatWasTrained() {
        ClozeTask<Review> task = ClozeTask.of(Review.class)
                .template("{text} It was {mask}.")
                .placeholder("text", Review::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        List<Review> inputs = Reviews.examples().stream().map(Labeled::input).toList();
        List<Answered<Review>> examples = Reviews.examples().stream()
                .map(one -> new Answered<>(one.input(), one.label() == Sentiment.POSITIVE ? "good" : "bad"))
                .toList();
        for (TuningMethod method : List.of(TuningMethod.PROMPT_TUNING, TuningMethod.PREFIX_TUNING)) {
            Path saved = folder.resolve(method.name());
            List<ClozeAnswer> answers;
            try (ClozePipeline<Review> tuned = ClozeTrainer.of(task)
                    .method(method)
                    .quiet()
                    .options(options -> options.withMaxSteps(3).withEvaluateEvery(0))
                    .fit(examples)) {
                answers = tuned.predict(inputs);
                tuned.saveAdapter(saved);
            }
            try (ClozePipeline<Review> read = ClozePipeline.load(task, saved)) {
                assertThat(read.predict(inputs)).isEqualTo(answers);
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static PromptPipeline<Review, Sentiment> tuned(
            ClassificationTask<Review, Sentiment> task, TuningMethod method, boolean frozen) {
        return PromptTrainer.of(task)
                .method(method)
                .quiet()
                .options(options -> {
                    var few = options.withMaxSteps(3).withEvaluateEvery(0);
                    return switch (method) {
                        case P_TUNING -> {
                            var with = few.with(TuningOptions.FREEZE_BACKBONE, frozen)
                                    .with(PTuningOptions.ENCODER, PTuning.Encoder.NONE);
                            yield task == Reviews.TASK ? with.with(TuningOptions.PROMPT_LENGTH, 5) : with;
                        }
                        case PREFIX_TUNING ->
                            few.with(TuningOptions.PROMPT_LENGTH, 5).with(PrefixOptions.REPARAMETRIZED, false);
                        default -> few;
                    };
                })
                .fit(Reviews.examples());
    }

    @Test
    void whatPeftCanNotSayIsRefusedWithTheReason() {
        try (PromptPipeline<Review, Sentiment> whole = PromptPipeline.zeroShot(Reviews.TASK)) {
            assertThatThrownBy(() -> whole.saveAdapter(folder.resolve("a")))
                    .hasMessageContaining("[AdapterUnsupported]")
                    .hasMessageContaining("PROMPT_FINE_TUNING")
                    .hasMessageContaining("PREFIX_TUNING, PROMPT_TUNING, P_TUNING");
        }
        try (PromptPipeline<Review, Sentiment> joint = tuned(Reviews.TASK, TuningMethod.P_TUNING, false)) {
            assertThatThrownBy(() -> joint.saveAdapter(folder.resolve("b")))
                    .hasMessageContaining("[AdapterUnsupported]")
                    .hasMessageContaining("freezeBackbone = true");
        }
        ClassificationTask<Review, Sentiment> among =
                Reviews.asked("{soft:3} {text} It was {mask}.").build();
        try (PromptPipeline<Review, Sentiment> inside = tuned(among, TuningMethod.P_TUNING, true)) {
            assertThatThrownBy(() -> inside.saveAdapter(folder.resolve("c")))
                    .hasMessageContaining("[AdapterUnsupported]")
                    .hasMessageContaining("before everything else only");
        }
        try (PromptPipeline<Review, Sentiment> head = tuned(Reviews.TASK, TuningMethod.P_TUNING_V2, true)) {
            assertThatThrownBy(() -> head.saveAdapter(folder.resolve("d")))
                    .hasMessageContaining("[AdapterUnsupported]")
                    .hasMessageContaining("P_TUNING_V2");
        }
        try (TextPipeline<Line> threePlaces = TextTrainer.of(task("t5"))
                .method(TuningMethod.PREFIX_TUNING)
                .quiet()
                .options(options -> options.withMaxSteps(2).withEvaluateEvery(0).with(TuningOptions.PROMPT_LENGTH, 3))
                .fit(List.of(new TextPair<>(new Line("The baker sells"), "bread")))) {
            assertThatThrownBy(() -> threePlaces.saveAdapter(folder.resolve("e")))
                    .hasMessageContaining("[AdapterUnsupported]")
                    .hasMessageContaining("prefixes at 3 places of an encoder-decoder")
                    .hasMessageContaining("@PromptTuning");
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aPromptBeforeATemplateWithVirtualTokensOfItsOwnIsRefused() {
        ClassificationTask<Review, Sentiment> among =
                Reviews.asked("{text} {soft:3} It was {mask}.").build();
        assertThatThrownBy(() -> PromptPipeline.load(among, ADAPTERS.resolve("cloze-tiny-en-ptuning"))
                        .close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("Take {soft} out");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void anAdapterOfAnotherBaseIsRefusedWithBothNames() {
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, ADAPTERS.resolve("gpt2-prompt"))
                        .close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("\"writers/gpt2\"")
                .hasMessageContaining("\"cloze-tiny-en\"");
        assertThat(OpenModels.count()).isZero();
    }

    /** The name alone proves nothing: what Cloze writes has the hash of the weights beside it. */
    @Test
    void whatClozeWroteIsRefusedByOtherWeightsOfTheSameName() throws IOException {
        Path written = folder.resolve("written");
        try (TextPipeline<Line> pipeline = TextPipeline.load(task("gpt2"), ADAPTERS.resolve("gpt2-prompt"))) {
            pipeline.saveAdapter(written);
        }
        Path other = TinyModels.gpt2(folder.resolve("gpt2"), 64, Places.words());
        TextTask<Line> task = TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, other.toString()))
                .build();
        assertThatThrownBy(() -> TextPipeline.load(task, written).close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("sha256");
    }

    /** Layers and heads are told as such, and not by a failure of the engine. */
    @Test
    void aPrefixOfOtherLayersOrHeadsIsRefused() throws IOException {
        Path other = TinyModels.gpt2(folder.resolve("gpt2"), 64, Places.words()); // one layer in place of two
        TextTask<Line> task = TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, other.toString()))
                .build();
        assertThatThrownBy(() ->
                        TextPipeline.load(task, ADAPTERS.resolve("gpt2-prefix")).close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("those of 2 layers of 4 heads of 8")
                .hasMessageContaining("this model has 1 layers of 4 heads of 8");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aPromptThatLeavesNoRoomIsRefused() {
        ClassificationTask<Review, Sentiment> small = Reviews.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("maxLength", 9))
                .build();
        assertThatThrownBy(() -> PromptPipeline.load(small, ADAPTERS.resolve("cloze-tiny-en-prompt"))
                        .close())
                .hasMessageContaining("[TemplateTooLong]");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aTaskThatRatesIsToldWhoReadsAdapters() {
        assertThatThrownBy(() -> RegressionPipeline.load(Ratings.TASK, ADAPTERS.resolve("cloze-tiny-en-prompt"))
                        .close())
                .hasMessageContaining("[ArchiveUnreadable]")
                .hasMessageContaining("it is an adapter");
        assertThat(OpenModels.count()).isZero();
    }

    /** A model of 135 million weights with a prompt that PEFT made, see {@code peft_smollm2.py}. */
    @Test
    void aPublishedModelWritesAsInPeft() throws IOException {
        Path model = RealModels.folder("SmolLM2-135M-Instruct");
        Path adapter = TinyBackbones.folder("real/smollm2-prompt");
        JsonObject golden = JsonParser.parseString(Files.readString(adapter.resolve("written.json")))
                .getAsJsonObject();
        TextTask<Line> task = TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
        List<Line> inputs =
                strings(golden.get("prompts")).stream().map(Line::new).toList();
        int steps = golden.get("steps").getAsInt();
        try (TextPipeline<Line> pipeline = TextPipeline.load(task, adapter)) {
            assertThat(pipeline.withOptions(options -> options.withMaxTokens(steps))
                            .generate(inputs))
                    .containsExactlyElementsOf(strings(golden.get("texts")).stream()
                            .map(String::stripLeading)
                            .toList());
        }
        assertThat(OpenModels.count()).isZero();
    }
}
