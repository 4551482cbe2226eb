package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening a model says of its configuration files. */
class ModelConfigurationTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void librariesHaveSaidWhereTheyAre(@TempDir Path any) {
        TinyModels.gpt2(any, 32, List.of());
        LanguageModel.open(any.toString()).close();
    }

    @Test
    void anOrdinaryModelIsOpenedInSilence() {
        TinyModels.gpt2(folder, 32, List.of());
        assertThat(Logged.during(this::open)).isEmpty();
    }

    /** Relative positions have no end: only what is usual is bounded by what the model was trained on. */
    @Test
    void anEncoderDecoderReadsLongerTextsThanItWasTrainedOnAndTellsItOnce() {
        TinyModels.encoderDecoder(folder, List.of());
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            assertThat(model.inputLength(0, 256)).isEqualTo(128);
            assertThat(Logged.during(
                            () -> assertThat(model.inputLength(128, 256)).isEqualTo(128)))
                    .isEmpty();
            assertThat(Logged.during(() -> {
                        assertThat(model.inputLength(600, 256)).isEqualTo(600);
                        assertThat(model.inputLength(600, 256, 20)).isEqualTo(580);
                    }))
                    .singleElement()
                    .asString()
                    .contains("was trained on 128 tokens at most: with maxLength = 600");
        }
    }

    @Test
    void aDecoderReadsNoMoreThanItsPositions() {
        TinyModels.gpt2(folder, 32, List.of());
        try (LanguageModel model = LanguageModel.open(folder.toString())) {
            ClozeException refused = catchThrowableOfType(ClozeException.class, () -> model.inputLength(33, 16));
            assertThat(refused.problem()).isEqualTo(Problem.TUNING_OPTION_OUT_OF_RANGE);
        }
    }

    @Test
    void searchSettingsAreToldOfInOneLine() throws IOException {
        TinyModels.gpt2(folder, 32, List.of());
        write("generation_config.json", "{\"do_sample\": true, \"repetition_penalty\": 1.05, \"top_p\": 1.0}");
        assertThat(Logged.during(this::open))
                .singleElement()
                .asString()
                .contains("not obeyed of generation_config.json: do_sample = true, repetition_penalty = 1.05.");
    }

    @Test
    void unknownKeysOfEachFileAreALine() throws IOException {
        TinyModels.gpt2(folder, 32, List.of());
        write("generation_config.json", "{\"politeness\": 2}");
        write("tokenizer_config.json", "{\"add_smileys\": true}");
        assertThat(Logged.during(this::open))
                .hasSize(2)
                .anyMatch(line -> line.contains("politeness"))
                .anyMatch(line -> line.contains("tokenizer_config.json") && line.contains("add_smileys"));
    }

    @Test
    void whatIsNotComputedIsRefusedBeforeAnyWeightIsRead() throws IOException {
        TinyModels.gpt2(folder, 32, List.of());
        Files.writeString(folder.resolve("model.safetensors"), "none");
        String config = Files.readString(folder.resolve("config.json"));
        write("config.json", config.replaceFirst("\\{", "{\"scale_attn_by_inverse_layer_idx\": true, "));
        ClozeException refused = catchThrowableOfType(ClozeException.class, this::open);
        assertThat(refused.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED);
        assertThat(refused).hasMessageContaining("scale_attn_by_inverse_layer_idx = true");
        write("config.json", config);
        write("tokenizer_config.json", "{\"word_tokenizer_type\": \"mecab\"}");
        refused = catchThrowableOfType(ClozeException.class, this::open);
        assertThat(refused.problem()).isEqualTo(Problem.MODEL_UNSUPPORTED);
        assertThat(refused).hasMessageContaining("word_tokenizer_type");
    }

    @Test
    void aSizeMayStandUnderItsOtherName() throws IOException {
        TinyModels.gpt2(folder, 32, List.of());
        String config = Files.readString(folder.resolve("config.json"));
        write(
                "config.json",
                config.replace("\"n_embd\"", "\"hidden_size\"").replace("\"n_layer\"", "\"num_hidden_layers\""));
        assertThat(Logged.during(this::open)).isEmpty();
    }

    private void open() {
        LanguageModel.open(folder.toString()).close();
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
