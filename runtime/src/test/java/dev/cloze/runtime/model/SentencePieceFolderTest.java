package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.Places;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A T5 as T5 1.1 is published, with a SentencePiece model and no tokenizer.json. */
class SentencePieceFolderTest {

    private static final Path MODEL = TokenizerFixtures.folder("t5-spiece").resolve("spiece.model");

    @TempDir
    Path folder;

    @Test
    void itIsTunedSavedAndLoaded() throws IOException {
        TextTask<Place> task = Places.task(t5(Files.readAllBytes(MODEL), "{}"));
        List<String> before;
        try (TextPipeline<Place> tuned = TextTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(3))
                .fit(Places.pairs())) {
            tuned.save(folder.resolve("saved"));
            before = tuned.generate(Places.inputs());
        }
        try (TextPipeline<Place> loaded = TextPipeline.load(task, folder.resolve("saved"))) {
            assertThat(loaded.generate(Places.inputs())).isEqualTo(before);
        }
        t5(withPiece(Files.readAllBytes(MODEL), "another"), "{}");
        assertThatThrownBy(() -> TextPipeline.load(task, folder.resolve("saved")))
                .hasMessageContaining("[ArchiveMismatch]")
                .hasMessageContaining("tokenizer of the model");
    }

    @Test
    void aMaskIsTheFirstSentinel() throws IOException {
        assertThat(mask(t5(Files.readAllBytes(MODEL), "{}"))).isEqualTo("<extra_id_0>");
    }

    @Test
    void mt5sSentinelsAreAmongItsPieces() throws IOException {
        byte[] mt5 = withPiece(withPiece(Files.readAllBytes(MODEL), "▁<extra_id_1>"), "▁<extra_id_0>");
        assertThat(mask(t5(mt5, "{\"extra_ids\": 0}"))).isEqualTo("▁<extra_id_0>");
    }

    private static String mask(Path model) {
        try (LanguageModel open = LanguageModel.open(model.toString())) {
            return open.tokenizer().token(open.special().mask());
        }
    }

    private Path t5(byte[] sentencePieceModel, String settings) throws IOException {
        List<String> words =
                IntStream.range(0, 1_000).mapToObj(number -> "word" + number).toList();
        Path model = TinyModels.encoderDecoder(folder.resolve("t5"), words);
        Files.delete(model.resolve("tokenizer.json"));
        Files.write(model.resolve("spiece.model"), sentencePieceModel);
        Files.writeString(model.resolve("tokenizer_config.json"), settings);
        return model;
    }

    /** With one piece more: fields of a protobuf message may come in any order. */
    private static byte[] withPiece(byte[] model, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        more.write(model);
        more.write(new byte[] {1 << 3 | 2, (byte) (bytes.length + 2), 1 << 3 | 2, (byte) bytes.length});
        more.write(bytes);
        return more.toByteArray();
    }
}
