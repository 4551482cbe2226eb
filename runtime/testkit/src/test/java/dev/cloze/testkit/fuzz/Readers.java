package dev.cloze.testkit.fuzz;

import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.npy.NpyFile;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reads each kind of file as the product does, and all that is in it. */
final class Readers {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "The film was great, wasn't it?\n\t12½",
            "é a e\u0301 \u0301\u0300 中文 😀 👩\u200D👩 \0\u0001 ﷺ İ ß",
            "[MASK]<mask></s>##a▁a Ġ",
            "a".repeat(3_000),
            "\u0301".repeat(500),
            "ab ".repeat(500));

    private Readers() {}

    static void checkpoint(Path file) {
        if (file.toString().endsWith(".npy")) {
            NpyFile.read(file);
            return;
        }
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            for (String name : checkpoint.names()) {
                checkpoint.shape(name);
                if (checkpoint.type(name).startsWith("f")) {
                    checkpoint.floats(name);
                }
            }
        }
    }

    static void tokenizer(Path file) {
        try (Tokenizer tokenizer = Tokenizer.open(folder(file))) {
            for (String text : TEXTS) {
                tokenizer.decode(tokenizer.encode(text, true));
                tokenizer.encode(text, false);
            }
            tokenizer.decode(new int[] {0, 1, 2, 3, 1_000_000, Integer.MAX_VALUE});
        }
    }

    static void model(Path file) {
        ModelFolder folder = new ModelFolder("fuzzed", folder(file), Origin.FOLDER);
        folder.configWithTextBounds();
        BackboneFamilies.load(folder.requireSupported(), ComputeDevice.CPU).close();
    }

    static void archive(Path file) {
        ArchiveReader.open(folder(file)).close();
    }

    static void template(Path file) throws IOException {
        TemplateSyntax.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent());
    }
}
