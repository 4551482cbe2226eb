package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.generation.TextGenerator;
import dev.cloze.runtime.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SmolLM2-135M-Instruct writes the same, to the last bit of each logit, whether words are looked up in its file or in memory. */
class SmolLm2WordsTest {

    private static final String WEIGHTS = "model.safetensors";
    private static final List<String> PROMPTS = List.of("The capital of France is", "Once upon a time");

    @TempDir
    Path copy;

    private record Said(float[] logits, List<int[]> texts) {}

    @ParameterizedTest
    @EnumSource(ComputePrecision.class)
    void itsLogitsAreTheSame(ComputePrecision precision) throws IOException {
        assumeTrue(HalfFloats.isThere(ComputeDevice.CPU), "nothing multiplies with matrices of 16 bits here");
        assumeTrue(
                precision == ComputePrecision.FLOAT32 || ComputePrecision.isThere(ComputeDevice.CPU),
                "nothing multiplies numbers of 16 bits here");
        ComputeDevice device = ComputeDevice.CPU.at(precision);
        Path folder = RealModels.folder("SmolLM2-135M-Instruct");
        try (LanguageModel fromFile = open(folder, device)) {
            Said expected = said(fromFile);
            copy(folder);
            try (LanguageModel fromMemory = open(copy, device)) {
                Files.delete(copy.resolve(WEIGHTS));
                Said found = said(fromMemory);
                assertThat(found.logits()).containsExactly(expected.logits());
                assertThat(found.texts()).containsExactlyElementsOf(expected.texts());
            }
        }
    }

    private static LanguageModel open(Path folder, ComputeDevice device) {
        return LanguageModel.open(ModelResolver.standard().resolve(folder.toString()), device);
    }

    /** Its files by another name each, which can be taken away. */
    private void copy(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
    }

    private static Said said(LanguageModel model) {
        List<int[]> prompts = PROMPTS.stream()
                .map(prompt -> model.tokenizer().encode(prompt, true))
                .toList();
        float[] logits;
        try (Decoding decoding = model.textBackbone().read(prompts, 1, Injection.NONE)) {
            decoding.advance(new int[] {0, 1}, new int[] {prompts.get(0)[0], prompts.get(1)[0]});
            logits = WordsInFileTest.numbers(decoding);
        }
        List<List<Generated>> texts = TextGenerator.generate(
                model.textBackbone(),
                model.tokenizer(),
                model.textEnds(),
                prompts,
                Injection.NONE,
                GenerationOptions.defaults().withMaxTokens(12),
                GenerationListener.NONE);
        return new Said(logits, texts.stream().map(each -> each.get(0).ids()).toList());
    }
}
