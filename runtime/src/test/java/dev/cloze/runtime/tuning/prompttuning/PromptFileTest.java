package dev.cloze.runtime.tuning.prompttuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Places;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.PromptFile;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual tokens that start as those that were trained before, of the same task or another. */
class PromptFileTest {

    private static final Path ADAPTERS = TinyBackbones.folder("peft/pipelines");
    private static final List<Review> INPUTS =
            Reviews.examples().stream().map(Labeled::input).toList();

    @TempDir
    private Path folder;

    private static PromptPipeline<Review, Sentiment> tuned(int steps, UnaryOperator<TrainingOptions> change) {
        return PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(options -> change.apply(options.withMaxSteps(steps).withEvaluateEvery(0)))
                .fit(Reviews.examples());
    }

    private static UnaryOperator<TrainingOptions> from(Path file) {
        return options -> options.with(PromptTuningOptions.FILE, file.toString());
    }

    private static Path array(Path file, int rows, int size, float number) throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + size + "), }";
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length() + 4 * rows * size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        bytes.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < rows * size; i++) {
            bytes.putFloat(number);
        }
        return Files.write(file, bytes.array());
    }

    @Test
    void anAdapterAnArrayAndASavedPipelineAreTheStartToTheBit() throws IOException {
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            Path adapter = ADAPTERS.resolve("cloze-tiny-en-ptuning");
            assertStart(model, adapter, AdapterReader.read(adapter).numbers());
            Path array = array(folder.resolve("prompt.npy"), 3, 128, 0.25f);
            assertStart(model, array, AdapterReader.read(array).numbers());
            Path saved = folder.resolve("saved");
            try (PromptPipeline<Review, Sentiment> pipeline = PromptPipeline.load(Reviews.TASK, adapter)) {
                pipeline.save(saved);
            }
            assertStart(model, saved, AdapterReader.read(adapter).numbers());
        }
        assertThat(OpenModels.count()).isZero();
    }

    private static void assertStart(LanguageModel model, Path file, float[] numbers) {
        TrainingOptions options = from(file).apply(TrainingOptions.defaults());
        int length = PromptStart.length(options);
        assertThat(length).isEqualTo(numbers.length / 128);
        List<float[]> rows = new PromptStart(model, options).rows(length, List.of());
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < 128; j++) {
                assertThat(rows.get(i)[j]).isEqualTo(numbers[i * 128 + j]);
            }
        }
    }

    /** Steps of a rate that moves nothing leave what was read. */
    @Test
    void aTrainingStartsThereAndHasAsManyVirtualTokens() {
        Path adapter = ADAPTERS.resolve("cloze-tiny-en-prompt");
        try (PromptPipeline<Review, Sentiment> read = PromptPipeline.load(Reviews.TASK, adapter);
                PromptPipeline<Review, Sentiment> still =
                        tuned(1, options -> from(adapter).apply(options.withLearningRate(1e-12)));
                PromptPipeline<Review, Sentiment> moved = tuned(5, from(adapter))) {
            for (int i = 0; i < INPUTS.size(); i++) {
                double expected = Objects.requireNonNull(
                        read.predict(INPUTS.get(i)).probabilities().get(Sentiment.POSITIVE));
                assertThat(still.predict(INPUTS.get(i)).probabilities().get(Sentiment.POSITIVE))
                        .isCloseTo(expected, within(1e-5));
                assertThat(moved.predict(INPUTS.get(i)).probabilities().get(Sentiment.POSITIVE))
                        .isNotEqualTo(expected);
            }
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aPromptLengthThatSaysOtherwiseAndASecondStartAreRefused() {
        Path adapter = ADAPTERS.resolve("cloze-tiny-en-prompt");
        assertThatThrownBy(() -> tuned(1, options -> from(adapter).apply(options.with(TuningOptions.PROMPT_LENGTH, 7)))
                        .close())
                .hasMessageContaining("[TuningOptionOutOfRange]")
                .hasMessageContaining("promptLength = 7")
                .hasMessageContaining("has 4 virtual tokens");
        assertThatThrownBy(
                        () -> tuned(1, options -> from(adapter).apply(options.with(PromptTuningOptions.TEXT, "a film")))
                                .close())
                .hasMessageContaining("text is set too");
        assertThatThrownBy(
                        () -> tuned(1, options -> from(adapter).apply(options).with(PromptTuningOptions.TEXT, "a film"))
                                .close())
                .hasMessageContaining("text is set too");
    }

    @Test
    void whatIsNoPromptOfThisModelIsRefused() throws IOException {
        assertThatThrownBy(() -> tuned(1, from(folder.resolve("nothing"))).close())
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("There is no prompt at");
        assertThatThrownBy(() ->
                        tuned(1, from(ADAPTERS.resolve("cloze-tiny-en-prefix"))).close())
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("is a prefix");
        assertThatThrownBy(() -> tuned(1, from(ADAPTERS.resolve("gpt2-prompt"))).close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("writers/gpt2");
        Path saved = folder.resolve("saved");
        try (PromptPipeline<Review, Sentiment> whole = PromptPipeline.zeroShot(Reviews.TASK)) {
            whole.save(saved);
        }
        assertThatThrownBy(() -> tuned(1, from(saved)).close())
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("virtual tokens are prompt_embeddings alone");
        Files.writeString(saved.resolve("manifest.json"), "{}");
        assertThatThrownBy(() -> tuned(1, from(saved)).close()).hasMessageContaining("[AdapterUnreadable]");
        assertThat(OpenModels.count()).isZero();
    }

    /** By hand: the means are (2, 2) and (1, 3), whose cosine is 8 / sqrt(80). */
    @Test
    void similarityIsTheCosineOfTheMeans() {
        List<float[]> one = List.of(new float[] {1, 3}, new float[] {3, 1});
        List<float[]> other = List.of(new float[] {2, 6}, new float[] {0, 0});
        assertThat(SourcePrompts.similarity(one, other)).isCloseTo(8 / Math.sqrt(80), within(1e-12));
        assertThat(SourcePrompts.similarity(one, one)).isCloseTo(1, within(1e-12));
    }

    @Test
    void theMostSimilarSourceOfThisModelAndLengthIsTaken() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Adapter prompt = AdapterReader.read(ADAPTERS.resolve("cloze-tiny-en-prompt"));
        copy(ADAPTERS.resolve("cloze-tiny-en-prompt"), sources.resolve("near"));
        copy(ADAPTERS.resolve("gpt2-prompt"), sources.resolve("of-another-model"));
        array(sources.resolve("far.npy"), 4, 128, 1);
        array(sources.resolve("longer.npy"), 5, 128, 1);
        Files.writeString(sources.resolve("notes.txt"), "nothing of interest");
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en")) {
            SourcePrompts all = new SourcePrompts(model, sources);
            SourcePrompts.Source best = all.mostSimilar(StartVectors.rows(prompt.vectors()));
            assertThat(best.place()).hasFileName("near");
            assertThat(best.similarity()).isCloseTo(1, within(1e-6));
            float[] ones = new float[128];
            java.util.Arrays.fill(ones, 3);
            assertThat(all.mostSimilar(List.of(ones, ones, ones, ones)).place()).hasFileName("far.npy");
            assertThatThrownBy(() -> all.mostSimilar(List.of(ones)))
                    .hasMessageContaining("[AdapterMismatch]")
                    .hasMessageContaining("near has 4 virtual tokens")
                    .hasMessageContaining("of-another-model is of \"writers/gpt2\"");
        }
        assertThatThrownBy(() -> tuned(
                                1,
                                options -> options.with(
                                        PromptTuningOptions.SOURCES,
                                        folder.resolve("none").toString()))
                        .close())
                .hasMessageContaining("[AdapterUnreadable]");
        assertThat(OpenModels.count()).isZero();
    }

    private static void copy(Path adapter, Path target) throws IOException {
        Files.createDirectories(target);
        for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(adapter.resolve(name), target.resolve(name));
        }
    }

    /** The options name the same place, whatever is there now. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCheckpointIsOfThePromptThatWasThere(boolean several) throws IOException {
        Path file = array(folder.resolve("prompt.npy"), 4, 128, 0.25f);
        Path run = folder.resolve("run");
        int[] steps = {0};
        PromptTrainer<Review, Sentiment> trainer = PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(from(file))
                .options(options -> options.withMaxSteps(4)
                        .withCheckpointFolder(run)
                        .with(PromptTuningOptions.PROMPTS, several ? 2 : 1))
                .listener(new TrainingListener() {
                    @Override
                    public void onStep(StepEnded step) {
                        steps[0]++;
                    }
                });
        trainer.fit(Reviews.examples()).close();
        trainer.fit(Reviews.examples()).close();
        assertThat(steps[0]).isEqualTo(several ? 8 : 4);
        array(file, 4, 128, 0.5f);
        if (several) {
            trainer.fit(Reviews.examples()).close();
            assertThat(steps[0]).as("both are trained anew").isEqualTo(16);
        } else {
            assertThatThrownBy(() -> trainer.fit(Reviews.examples()))
                    .hasMessageContaining("[TrainingCheckpoint]")
                    .hasMessageContaining("starting prompt: ");
        }
    }

    /** A checkpoint that was written before starting prompts were told says nothing of one. */
    @Test
    void aTrainingWithoutFilesSaysNothingOfThem() {
        assertThat(PromptStart.identity(TrainingOptions.defaults().with(PromptTuningOptions.TEXT, "a film")))
                .isEmpty();
    }

    @Test
    void severalPromptsAreKnownByAllThatTheyMayStartFrom() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        array(sources.resolve("one.npy"), 4, 128, 0.25f);
        TrainingOptions options = TrainingOptions.defaults().with(PromptTuningOptions.SOURCES, sources.toString());
        Map<String, String> one = PromptStart.identity(options);
        assertThat(PromptStart.identity(options)).isEqualTo(one).containsOnlyKeys("starting prompt");
        array(sources.resolve("two.npy"), 4, 128, 1);
        assertThat(PromptStart.identity(options)).isNotEqualTo(one);
    }

    @Test
    void aCheckpointIsOfTheSourceThatWasChosen() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path file = array(sources.resolve("one.npy"), 4, 128, 0.25f);
        UnaryOperator<TrainingOptions> change = options -> options.with(TuningOptions.PROMPT_LENGTH, 4)
                .with(PromptTuningOptions.SOURCES, sources.toString())
                .with(PromptTuningOptions.SOURCE_STEPS, 1)
                .withCheckpointFolder(folder.resolve("run"));
        tuned(4, change).close();
        tuned(4, change).close();
        array(file, 4, 128, 0.5f);
        assertThatThrownBy(() -> tuned(4, change)).hasMessageContaining("[TrainingCheckpoint]");
    }

    /** The task's own prompt is trained first, then everything starts anew from the source that it became most like. */
    @Test
    void aTrainingStartsFromTheSourceThatItsOwnPromptBecameMostLike() {
        Path sources = folder.resolve("sources");
        Path own = sources.resolve("own");
        UnaryOperator<TrainingOptions> four = options -> options.with(TuningOptions.PROMPT_LENGTH, 4);
        try (PromptPipeline<Review, Sentiment> first = tuned(3, four)) {
            first.save(own);
        }
        try (PromptPipeline<Review, Sentiment> other =
                PromptPipeline.load(Reviews.TASK, ADAPTERS.resolve("cloze-tiny-en-prompt"))) {
            other.saveAdapter(sources.resolve("other"));
        }
        try (PromptPipeline<Review, Sentiment> chosen = tuned(4, options -> four.apply(options)
                        .with(PromptTuningOptions.SOURCES, sources.toString())
                        .with(PromptTuningOptions.SOURCE_STEPS, 3));
                PromptPipeline<Review, Sentiment> named = tuned(4, from(own))) {
            assertThat(PromptFile.read(own).config().length()).isEqualTo(4);
            assertThat(chosen.predict(INPUTS)).isEqualTo(named.predict(INPUTS));
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void textsAreWrittenFromASourceToo() {
        Path model = TinyModels.encoderDecoder(folder.resolve("model"), Places.words());
        TextTask<Places.Place> task = Places.task(model);
        Path own = folder.resolve("sources/own");
        UnaryOperator<TrainingOptions> few = options ->
                options.with(TuningOptions.PROMPT_LENGTH, 4).withMaxSteps(3).withEvaluateEvery(0);
        try (TextPipeline<Places.Place> first = trainer(task).options(few).fit(Places.pairs())) {
            first.save(own);
        }
        try (TextPipeline<Places.Place> chosen = trainer(task)
                        .options(options -> few.apply(options)
                                .with(
                                        PromptTuningOptions.SOURCES,
                                        folder.resolve("sources").toString())
                                .with(PromptTuningOptions.SOURCE_STEPS, 2))
                        .fit(Places.pairs());
                TextPipeline<Places.Place> named = trainer(task)
                        .options(options -> options.with(PromptTuningOptions.FILE, own.toString())
                                .withMaxSteps(3)
                                .withEvaluateEvery(0))
                        .fit(Places.pairs())) {
            assertThat(chosen.perplexity(Places.pairs())).isEqualTo(named.perplexity(Places.pairs()));
        }
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aCheckpointOfWritingIsOfThePromptThatWasThere() throws IOException {
        TextTask<Places.Place> task = Places.task(TinyModels.encoderDecoder(folder.resolve("model"), Places.words()));
        int size;
        try (LanguageModel model = LanguageModel.open(task.tuning())) {
            size = model.backbone().shape().embeddingSize();
        }
        Path file = array(folder.resolve("prompt.npy"), 4, size, 0.25f);
        TextTrainer<Places.Place> from = trainer(task)
                .options(options -> options.with(PromptTuningOptions.FILE, file.toString())
                        .withMaxSteps(2)
                        .withCheckpointFolder(folder.resolve("run")));
        from.fit(Places.pairs()).close();
        from.fit(Places.pairs()).close();
        array(file, 4, size, 0.5f);
        assertThatThrownBy(() -> from.fit(Places.pairs()))
                .hasMessageContaining("[TrainingCheckpoint]")
                .hasMessageContaining("starting prompt: ");
    }

    private static TextTrainer<Places.Place> trainer(TextTask<Places.Place> task) {
        return TextTrainer.of(task).method(TuningMethod.PROMPT_TUNING).quiet();
    }
}
