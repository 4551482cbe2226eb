package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedTextPipelineTest {

    private static final List<TextPair<Place>> PAIRS = Places.pairs();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTunedPipelineWritesTheSameBitForBitAfterSavingAndLoading(boolean encoderDecoder) {
        TextTask<Place> task = Places.task(encoderDecoder ? seq2seq() : decoder());
        Path saved = folder.resolve("saved");
        List<String> before;
        try (TextPipeline<Place> tuned = TextTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(20))
                .fit(PAIRS)) {
            tuned.save(saved);
            before = written(tuned);
        }
        try (TextPipeline<Place> loaded = TextPipeline.load(task, saved)) {
            assertThat(written(loaded)).isEqualTo(before);
            loaded.save(folder.resolve("again"));
        }
        try (TextPipeline<Place> again = TextPipeline.load(task, folder.resolve("again"))) {
            assertThat(written(again)).isEqualTo(before);
        }
    }

    @Test
    void aTemplateWithSpecialTokensIsSavedAndReadAgain() {
        TextTask<Place> task = Places.builder(decoder())
                .template("{special:\"[CLS]\"}name: {name}{special:\"[SEP]\"}\n{special:\"<extra_id_0>\"}")
                .build();
        Path saved = folder.resolve("special");
        List<String> before;
        try (TextPipeline<Place> tuned = TextTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(3))
                .fit(PAIRS)) {
            tuned.save(saved);
            before = written(tuned);
        }
        try (TextPipeline<Place> loaded = TextPipeline.load(task, saved)) {
            assertThat(written(loaded)).isEqualTo(before);
        }
        TextTask<Place> other = Places.builder(decoder())
                .template("{special:\"[CLS]\"}name: {name}{special:\"[SEP]\"}")
                .build();
        assertThatThrownBy(() -> TextPipeline.load(other, saved)).hasMessageContaining("[ArchiveMismatch]");
    }

    @Test
    void anUntunedPipelineCanBeSavedToo() {
        TextTask<Place> task = Places.task(decoder());
        List<String> before;
        try (TextPipeline<Place> untuned = TextPipeline.pretrained(task)) {
            untuned.save(folder.resolve("untuned"));
            before = written(untuned);
        }
        try (TextPipeline<Place> loaded = TextPipeline.load(task, folder.resolve("untuned"))) {
            assertThat(written(loaded)).isEqualTo(before);
        }
    }

    @Test
    void aTaskChangedSinceSavingIsRefusedWithTheDifference() {
        Path saved = save(Places.task(decoder()));
        TextTask<Place> changed =
                Places.builder(decoder()).template("{name} in words: {food}").build();
        assertThatThrownBy(() -> TextPipeline.load(changed, saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("\"name: {name}, food: {food}, area: {area}.\"")
                .hasMessageContaining("\"{name} in words: {food}\"");
    }

    @Test
    void anotherModelIsRefusedWithTheDifference() {
        Path saved = save(Places.task(decoder()));
        Path other = TinyModels.decoder(folder.resolve("other"), 64, List.of("otherwise"));
        DeclaredPipeline.of(Places.task(other)).check(saved); // which asks no model
        assertThatThrownBy(() -> TextPipeline.load(Places.task(other), saved))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("weights of the model")
                .hasMessageContaining("tokenizer of the model");
    }

    @Test
    void aClassificationIsNotLoadedAsAGenerationNorTheOtherWayRound() {
        Path saved = save(Places.task(decoder()));
        ClassificationTask<Place, Boolean> classification = ClassificationTask.of(Place.class, Boolean.class)
                .template("{name} is {mask}")
                .placeholder("name", Place::name)
                .label(true, "good")
                .label(false, "bad")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, decoder().toString()))
                .build();
        assertThatThrownBy(() -> PromptPipeline.load(classification, saved))
                .hasMessageContaining(
                        "kind of task: saved with a task that has a text written, now one that chooses a label");
        Path labels = folder.resolve("labels");
        try (PromptPipeline<Place, Boolean> zero = PromptPipeline.zeroShot(classification)) {
            zero.save(labels);
        }
        assertThatThrownBy(() -> TextPipeline.load(Places.task(decoder()), labels))
                .hasMessageContaining(
                        "kind of task: saved with a task that chooses a label, now one that has a text written");
    }

    private Path save(TextTask<Place> task) {
        Path saved = folder.resolve("saved");
        try (TextPipeline<Place> pipeline = TextPipeline.pretrained(task)) {
            pipeline.save(saved);
        }
        return saved;
    }

    /** The tokens with their probabilities, to the last bit. */
    private static List<String> written(TextPipeline<Place> pipeline) {
        return PAIRS.stream()
                .map(TextPair::input)
                .map(input -> pipeline.generateAll(input, pipeline.options().withMaxTokens(20)))
                .map(texts -> texts.get(0))
                .map(text -> java.util.Arrays.toString(text.ids()) + text.logProbability())
                .toList();
    }

    private Path decoder() {
        return TinyModels.decoder(folder.resolve("decoder"), 64, Places.words());
    }

    private Path seq2seq() {
        return TinyModels.encoderDecoder(folder.resolve("t5"), Places.words());
    }
}
