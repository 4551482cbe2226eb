package dev.cloze.cli;

import static dev.cloze.cli.InspectCommandTest.adapter;
import static dev.cloze.cli.InspectCommandTest.writer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From one form of a prompt to another and back, with nothing lost. */
class ConvertCommandTest {

    private record Line(String text) {}

    @TempDir
    private Path folder;

    private CommandRun convert(String... arguments) {
        List<String> all = new ArrayList<>(List.of("convert"));
        all.addAll(List.of(arguments));
        return CommandRun.here(all.toArray(String[]::new));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @CsvSource({"gpt2, prompt", "llama, prefix", "t5, ptuning"})
    void anAdapterBecomesAPipelineThatWritesAsInPeftAndAnAdapterAgain(String model, String kind) throws IOException {
        CommandRun there =
                convert("--model", writer(model), "--template", "{text}", adapter(model + "-" + kind), at("saved"));
        assertThat(there.code()).as(there.errors()).isZero();
        TextTask<Line> task = TextTask.of(Line.class)
                .template("{text}")
                .placeholder("text", Line::text)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, writer(model)))
                .build();
        JsonObject golden = JsonParser.parseString(
                        Files.readString(Path.of("../src/test/resources/peft/pipelines/expected.json")))
                .getAsJsonObject();
        JsonArray prompts = golden.getAsJsonArray("prompts");
        JsonArray texts = golden.getAsJsonObject("answers").getAsJsonArray(model + "-" + kind);
        try (TextPipeline<Line> pipeline = TextPipeline.load(task, folder.resolve("saved"))
                .withOptions(
                        options -> options.withMaxTokens(golden.get("steps").getAsInt()))) {
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(pipeline.generate(new Line(prompts.get(i).getAsString())))
                        .isEqualTo(texts.get(i).getAsString().stripLeading());
            }
        }
        CommandRun back = convert(at("saved"), at("adapter"));
        assertThat(back.code()).as(back.errors()).isZero();
        assertThat(AdapterReader.read(folder.resolve("adapter")).numbers())
                .isEqualTo(
                        AdapterReader.read(Path.of(adapter(model + "-" + kind))).numbers());
    }

    @Test
    void anArrayBecomesAnAdapterOfTheModelThatIsNamed() throws IOException {
        Path array = Files.write(folder.resolve("prompt.npy"), array(1, 32));
        CommandRun nameless = convert(array.toString(), at("adapter"));
        assertThat(nameless.code()).isEqualTo(2);
        assertThat(nameless.errors()).contains("--model");
        CommandRun run = convert("--model", writer("t5"), array.toString(), at("adapter"));
        assertThat(run.code()).as(run.errors()).isZero();
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("adapter/adapter_config.json")))
                .getAsJsonObject();
        assertThat(config.get("task_type").getAsString()).isEqualTo("SEQ_2_SEQ_LM");
        assertThat(config.get("num_attention_heads").getAsInt()).isEqualTo(4);
        assertThat(AdapterReader.read(folder.resolve("adapter")).numbers())
                .hasSize(32)
                .contains(31 / 8f);
    }

    /** A matrix of NumPy's float32: 0, 1/8, 2/8 and so on. */
    static byte[] array(int rows, int columns) {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length() + 4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        file.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < rows * columns; i++) {
            file.putFloat(i / 8f);
        }
        return file.array();
    }

    @Test
    void oneTaskOfSeveralBecomesAPromptOfItsOwn() throws IOException {
        Path several = several(folder.resolve("several"));
        assertThat(convert("--model", writer("gpt2"), several.toString(), at("none"))
                        .errors())
                .startsWith("[AdapterUnsupported]")
                .contains("the prompts of 2 tasks");
        CommandRun run = convert("--task", "1", "--model", writer("gpt2"), several.toString(), at("one"));
        assertThat(run.code()).as(run.errors()).isZero();
        float[] numbers = AdapterReader.read(folder.resolve("one")).numbers();
        assertThat(numbers).hasSize(4 * 32);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(numbers[i]).isEqualTo(2 * (1 + i / 32) * 0.5f);
        }
    }

    /** PEFT's folder of two tasks whose prompts stand on {@code writers/gpt2}. */
    static Path several(Path several) throws IOException {
        Files.createDirectories(several);
        JsonObject config = JsonParser.parseString(
                        Files.readString(Path.of(adapter("gpt2-prompt"), "adapter_config.json")))
                .getAsJsonObject();
        config.addProperty("peft_type", "MULTITASK_PROMPT_TUNING");
        config.addProperty("num_tasks", 2);
        config.addProperty("num_ranks", 1);
        Files.writeString(several.resolve("adapter_config.json"), config.toString());
        SafetensorsWriter.write(
                several.resolve("adapter_model.safetensors"),
                Map.of(
                        "prompt_embeddings", Tensor.of(filled(4 * 32, 2), 4, 32),
                        "prefix_task_cols", Tensor.of(new float[] {0, 0, 0, 0, 1, 2, 3, 4}, 2, 4, 1),
                        "prefix_task_rows", Tensor.of(filled(2 * 32, 0.5f), 2, 1, 32)),
                Map.of());
        return several;
    }

    private static float[] filled(int count, float number) {
        float[] numbers = new float[count];
        Arrays.fill(numbers, number);
        return numbers;
    }

    @Test
    void anotherModelThanItWasSavedWithIsRefused() throws IOException {
        assertThat(convert("--model", writer("gpt2"), "--template", "{text}", adapter("gpt2-prompt"), at("saved"))
                        .code())
                .isZero();
        CommandRun run = convert("--model", writer("llama"), at("saved"), at("adapter"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors()).startsWith("[AdapterMismatch]").contains("llama\" is not the one", "sha256");
        assertThat(folder.resolve("adapter")).doesNotExist();
        try (Checkpoint saved = Checkpoint.openFile(folder.resolve("saved/tuned.safetensors"))) {
            assertThat(saved.names()).containsExactly("prompt_embeddings");
        }
    }

    @Test
    void optionsThatMeanNothingAreUsageErrors() {
        assertThat(convert("--label", "A=a", adapter("gpt2-prompt"), at("x")).code())
                .isEqualTo(2);
        assertThat(convert("--template", "{text}", at("saved"), at("x")).code()).isEqualTo(2);
        assertThat(convert(adapter("gpt2-prompt")).code()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }
}
