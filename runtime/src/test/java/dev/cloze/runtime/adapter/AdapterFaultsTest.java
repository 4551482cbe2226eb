package dev.cloze.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.tuning.exchange.AdapterBase;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders and arrays that are not what they ought to be are refused by a code, and nothing of them is used. */
class AdapterFaultsTest {

    private static final String HEADER = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }";

    @TempDir
    private Path folder;

    private Path copy(String name, Consumer<JsonObject> change) throws IOException {
        Path source = TinyBackbones.folder("peft/pipelines/" + name);
        Path copy = Files.createDirectories(folder.resolve(name));
        Files.copy(source.resolve("adapter_model.safetensors"), copy.resolve("adapter_model.safetensors"));
        JsonObject json = JsonParser.parseString(Files.readString(source.resolve("adapter_config.json")))
                .getAsJsonObject();
        change.accept(json);
        Files.writeString(copy.resolve("adapter_config.json"), json.toString());
        return copy;
    }

    private Path npy(String header, byte[] data) throws IOException {
        return npy(1, header.length(), header, data);
    }

    private Path npy(int version, int length, String header, byte[] data) throws IOException {
        ByteBuffer file =
                ByteBuffer.allocate(12 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            file.putShort((short) length);
        } else {
            file.putInt(length);
        }
        file.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        Path path = folder.resolve("prompt.npy");
        Files.write(path, Arrays.copyOf(file.array(), file.position()));
        return path;
    }

    private static byte[] floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    @Test
    void theRevisionOfItsModelIsReadWrittenAndNoPartOfTheNameThatMustFit() throws IOException {
        Path pinned = copy("cloze-tiny-en-prompt", json -> {
            json.addProperty("base_model_name_or_path", "org/tiny");
            json.addProperty("revision", "v1.0");
        });
        Adapter adapter = AdapterReader.read(pinned);
        assertThat(adapter.config().base()).isEqualTo("org/tiny@v1.0");
        AdapterWriter.write(folder.resolve("written"), adapter);
        JsonObject written = JsonParser.parseString(
                        Files.readString(folder.resolve("written").resolve("adapter_config.json")))
                .getAsJsonObject();
        assertThat(written.get("base_model_name_or_path").getAsString()).isEqualTo("org/tiny");
        assertThat(written.get("revision").getAsString()).isEqualTo("v1.0");
        AdapterBase.require(adapter, new ModelIdentity("/models/tiny", "a".repeat(64), "b".repeat(64)));
        AdapterBase.require(adapter, new ModelIdentity("org/tiny@v2", "a".repeat(64), "b".repeat(64)));
        assertThatThrownBy(() ->
                        AdapterBase.require(adapter, new ModelIdentity("org/v1.0", "a".repeat(64), "b".repeat(64))))
                .hasMessageContaining("was made for \"org/tiny@v1.0\"");
    }

    @Test
    void aFolderIsNoRepositoryWhateverStandsBesideIt() throws IOException {
        Path pinned = copy("cloze-tiny-en-prompt", json -> {
            json.addProperty("base_model_name_or_path", "/models@2/tiny");
            json.addProperty("revision", "main");
        });
        assertThat(AdapterReader.read(pinned).config().base()).isEqualTo("/models@2/tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LORA", "IA3", "ADAPTION_PROMPT", "CPT", "CARTRIDGE", "OF_TOMORROW"})
    void whatCanNotBeRunIsRefusedByName(String type) throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> json.addProperty("peft_type", type));
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, adapter).close())
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("of PEFT's kind " + type)
                .hasMessageContaining("PROMPT_TUNING, P_TUNING, PREFIX_TUNING, MULTITASK_PROMPT_TUNING");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aHeadOfItsOwnIsRefused() throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> json.addProperty("task_type", "SEQ_CLS"));
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("task_type = SEQ_CLS");
    }

    @ParameterizedTest
    @CsvSource({
        "num_virtual_tokens, 0",
        "num_virtual_tokens, -4",
        "num_virtual_tokens, 3.5",
        "num_virtual_tokens, 99999999999",
        "token_dim, 0",
        "num_transformer_submodules, 0"
    })
    void numbersThatCanNotBeAreRefusedWithTheirKey(String key, String value) throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> json.add(key, JsonParser.parseString(value)));
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("its " + key + " is " + value);
    }

    @Test
    void numbersThatAreNotThoseOfTheFileAreRefused() throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> json.addProperty("num_virtual_tokens", 5));
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("[4, 128]")
                .hasMessageContaining("[5, 128]");
    }

    @Test
    void cutShortAndAbsentFilesAreRefused() throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> {});
        Path weights = adapter.resolve("adapter_model.safetensors");
        byte[] all = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(all, all.length - 7));
        assertThatThrownBy(() -> AdapterReader.read(adapter)).hasMessageContaining("[CheckpointCorrupt]");
        Files.delete(weights);
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("there is no such file");
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"peft_type\": \"PROMPT");
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("cut short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"adapter_model.safetensors", "adapter_config.json"})
    void aLinkOutOfTheFolderIsRefused(String name) throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> {});
        Path outside = folder.resolve("outside");
        Files.move(adapter.resolve(name), outside);
        Files.createSymbolicLink(adapter.resolve(name), Path.of("../outside"));
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("outside of the folder");
        Files.delete(outside);
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnreadable]")
                .hasMessageContaining("leads nowhere");
    }

    /** Paths in the configuration are of training: nothing is opened by them. */
    @Test
    void pathsInTheConfigurationAreNotFollowed() throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> {
            json.addProperty("tokenizer_name_or_path", "../../../etc/passwd");
            json.addProperty("prompt_tuning_init_state_dict_path", "../outside.bin");
            json.add(
                    "auto_mapping",
                    JsonParser.parseString("{\"parent_library\": \"os\", \"base_model_class\": \"system\"}"));
        });
        assertThat(AdapterReader.read(adapter).config().length()).isEqualTo(4);
    }

    @Test
    void linksOfTheHubsCacheAreFollowed() throws IOException {
        Path source = TinyBackbones.folder("peft/pipelines/cloze-tiny-en-prompt");
        Path blobs = Files.createDirectories(folder.resolve("models--a--b/blobs"));
        Path snapshot = Files.createDirectories(folder.resolve("models--a--b/snapshots/0123"));
        for (String name : new String[] {"adapter_config.json", "adapter_model.safetensors"}) {
            Files.copy(source.resolve(name), blobs.resolve("hash-of-" + name));
            Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs/hash-of-" + name));
        }
        assertThat(AdapterReader.read(snapshot).config().length()).isEqualTo(4);
    }

    @Test
    void numbersThatAreNoneAreRefused() throws IOException {
        Path adapter = copy("cloze-tiny-en-prompt", json -> {});
        float[] numbers = new float[4 * 128];
        numbers[130] = Float.NaN;
        SafetensorsWriter.write(
                adapter.resolve("adapter_model.safetensors"),
                Map.of("prompt_embeddings", Tensor.of(numbers, 4, 128)),
                Map.of());
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[ModelNotFinite]")
                .hasMessageContaining("number 130")
                .hasMessageContaining("NaN");
        Path array = npy(HEADER.formatted("<f4", "False", "(1, 2)"), floats(1, Float.POSITIVE_INFINITY));
        assertThatThrownBy(() -> AdapterReader.read(array)).hasMessageContaining("[ModelNotFinite]");
    }

    @ParameterizedTest
    @CsvSource({"<i8, CheckpointType", ">f4, CheckpointType", "<c8, CheckpointType", "|O, CheckpointUnsafe"})
    void otherTypesThanFloatsAreRefused(String type, String code) throws IOException {
        Path array = npy(HEADER.formatted(type, "False", "(1, 2)"), new byte[16]);
        assertThatThrownBy(() -> AdapterReader.read(array)).hasMessageContaining("[" + code + "]");
    }

    @Test
    void arraysThatAreCutShortOrLieOfTheirSizeAreRefused() throws IOException {
        String two = HEADER.formatted("<f4", "False", "(2, 2)");
        assertCorrupt(npy(two, floats(1, 2, 3)), "cut short");
        assertCorrupt(npy(two, floats(1, 2, 3, 4, 5)), "needs 16 bytes and has 20");
        assertCorrupt(npy(1, 500, two, floats(1, 2, 3, 4)), "cut short");
        assertCorrupt(npy(2, 2_000_000_000, two, floats(1, 2, 3, 4)), "2000000000 bytes; up to 10000 are allowed");
        assertCorrupt(npy(2, -1, two, floats(1, 2, 3, 4)), "4294967295 bytes");
        assertCorrupt(
                npy(HEADER.formatted("<f4", "False", "(999999999999, 999999999999)"), floats(1)), "beyond all bounds");
        assertCorrupt(npy("{'descr': __import__('os').system('true')}", floats(1)), "none of an array");
        Path text = Files.writeString(folder.resolve("text.npy"), "not an array at all");
        assertCorrupt(text, "does not begin");
        assertCorrupt(Files.writeString(folder.resolve("empty.npy"), ""), "0 bytes");
    }

    private static void assertCorrupt(Path array, String why) {
        assertThatThrownBy(() -> AdapterReader.read(array))
                .hasMessageContaining("[CheckpointCorrupt]")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"()", "(4,)", "(1, 2, 2)", "(0, 4)"})
    void onlyAMatrixIsAPrompt(String shape) throws IOException {
        int numbers = shape.equals("()") ? 1 : shape.equals("(0, 4)") ? 0 : 4;
        Path array = npy(HEADER.formatted("<f4", "False", shape), new byte[4 * numbers]);
        assertThatThrownBy(() -> AdapterReader.read(array)).hasMessageContaining("[AdapterUnreadable]");
    }

    @Test
    void columnsFirstAndOtherFloatsAreReadAsTheyAre() throws IOException {
        Path columns = npy(HEADER.formatted("<f4", "True", "(2, 3)"), floats(1, 4, 2, 5, 3, 6));
        assertThat(AdapterReader.read(columns).numbers()).containsExactly(1, 2, 3, 4, 5, 6);
        ByteBuffer doubles = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.5)
                .putDouble(-3);
        Path wide = npy(HEADER.formatted("<f8", "False", "(1, 2)"), doubles.array());
        assertThat(AdapterReader.read(wide).numbers()).containsExactly(0.5f, -3);
        Path narrow = npy(HEADER.formatted("<f2", "False", "(1, 2)"), new byte[] {0, 0x3c, 0, (byte) 0xc0});
        assertThat(AdapterReader.read(narrow).numbers()).containsExactly(1, -2);
    }

    @Test
    void aPromptLongerThanTheModelsPositionsIsRefused() throws IOException {
        Path array = npy(HEADER.formatted("<f4", "False", "(300, 128)"), new byte[4 * 300 * 128]);
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, array).close())
                .hasMessageContaining("[TemplateTooLong]")
                .hasMessageContaining("256");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void aPromptOfAnotherWidthIsRefusedWithBothModels() throws IOException {
        Path array = npy(HEADER.formatted("<f4", "False", "(1, 2)"), floats(1, 2));
        assertThatThrownBy(() -> PromptPipeline.load(Reviews.TASK, array).close())
                .hasMessageContaining("[AdapterMismatch]")
                .hasMessageContaining("a model that it does not name")
                .hasMessageContaining("\"cloze-tiny-en\"")
                .hasMessageContaining("have 2 numbers each, and this model's word embeddings have 128");
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void oneOfSeveralTasksHasToBeChosen() {
        Path adapter = TinyBackbones.folder("peft/peft-0.21/gpt2-multitask");
        assertThatThrownBy(() -> AdapterReader.read(adapter))
                .hasMessageContaining("[AdapterUnsupported]")
                .hasMessageContaining("the prompts of 2 tasks");
        assertThatThrownBy(() -> AdapterReader.read(adapter, 2)).hasMessageContaining("no number 2");
        assertThat(AdapterReader.read(adapter, 0).numbers())
                .isNotEqualTo(AdapterReader.read(adapter, 1).numbers());
    }

    @Test
    void somethingElseIsNotWrittenOver() throws IOException {
        Adapter adapter = AdapterReader.read(TinyBackbones.folder("peft/pipelines/cloze-tiny-en-prompt"));
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("manifest.json"), "{}");
        assertThatThrownBy(() -> AdapterWriter.write(other, adapter))
                .hasMessageContaining("[DiskWrite]")
                .hasMessageContaining("manifest.json");
        assertThat(other.resolve("manifest.json")).hasContent("{}");
        Path again = folder.resolve("again");
        AdapterWriter.write(again, adapter);
        Files.writeString(again.resolve(".adapter_config.json"), "left by a write that was killed");
        AdapterWriter.write(again, adapter);
        assertThat(AdapterReader.read(again).numbers()).isEqualTo(adapter.numbers());
    }
}
