package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a text ends with where config.json doesn't say it, or says what the model doesn't have. */
class TextEndsTest {

    private static final List<TextPair<Place>> PAIRS = Places.pairs().subList(0, 3);

    @TempDir
    Path folder;

    @Test
    void whatTheTokenizerPutsBehindATextIsLearntAndObeyed() throws IOException {
        Path model = gpt2(config -> config.remove("eos_token_id"));
        assertThat(ends(model)).isEqualTo(id(model, "[SEP]"));
        try (TextPipeline<Place> tuned = fit(model, 150)) {
            Generated text = tuned.generateAll(PAIRS.get(0).input()).get(0);
            assertThat(text.reason()).isEqualTo(FinishReason.END);
            assertThat(text.text()).isEqualTo(PAIRS.get(0).target());
        }
    }

    @Test
    void aTokenTheModelDoesNotHaveEndsNoText() throws IOException {
        Path model = gpt2(config ->
                config.addProperty("eos_token_id", config.get("vocab_size").getAsInt() + 5));
        assertThat(ends(model)).isEqualTo(id(model, "[SEP]"));
        try (TextPipeline<Place> tuned = fit(model, 2)) {
            assertThat(tuned.perplexity(PAIRS)).isFinite();
            List<Generated> texts = tuned.withOptions(
                            options -> options.withMinTokens(2).withMaxTokens(4))
                    .generateAll(PAIRS.get(0).input());
            assertThat(texts.get(0).ids()).hasSizeBetween(2, 4);
        }
        TextTask<Place> nameOnly = TextTask.of(Place.class)
                .template("{name}")
                .placeholder("name", Place::name)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()))
                .build();
        try (TextPipeline<Place> pretrained = TextPipeline.pretrained(nameOnly)) {
            List<Generated> texts =
                    pretrained.withOptions(options -> options.withMaxTokens(2)).generateAll(new Place("", "", ""));
            assertThat(texts).hasSize(1);
        }
    }

    @Test
    void theTokenThatTheTokenizerNamesIsPreferredToWhatItPutsBehindAText() throws IOException {
        Path model = gpt2(config -> config.remove("eos_token_id"));
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"eos_token\": \"[CLS]\"}");
        assertThat(ends(model)).isEqualTo(id(model, "[CLS]"));
    }

    private Path gpt2(Consumer<JsonObject> change) throws IOException {
        Path model = TinyModels.gpt2(folder.resolve("gpt2"), 64, Places.words());
        Path file = model.resolve("config.json");
        JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        change.accept(config);
        Files.writeString(file, config.toString());
        return model;
    }

    private static TextPipeline<Place> fit(Path model, int steps) {
        return TextTrainer.of(Places.task(model))
                .quiet()
                .options(options -> options.withLearningRate(1e-2).withMaxSteps(steps))
                .fit(PAIRS);
    }

    private static int[] ends(Path model) {
        try (LanguageModel open = LanguageModel.open(model.toString())) {
            return open.textEnds();
        }
    }

    private static int[] id(Path model, String token) {
        try (LanguageModel open = LanguageModel.open(model.toString())) {
            return open.tokenizer().id(token).stream().toArray();
        }
    }
}
