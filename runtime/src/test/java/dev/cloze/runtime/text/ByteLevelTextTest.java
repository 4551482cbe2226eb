package dev.cloze.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Places.Place;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.writing.CompiledTextTask;
import dev.cloze.runtime.tuning.writing.EncodedPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GPT-2's own tokenizer, in which a word after a space is another token than one without. */
class ByteLevelTextTest {

    private static final Place PLACE = new Place("Aroma", "French", "centre");

    @TempDir
    Path folder;

    @Test
    void aTargetBeginsWithASpaceOrWithWhatTheTemplateEndsWith() throws IOException {
        assertThat(spelled(task("Name: {name}. Text:"), new TextPair<>(PLACE, "Aroma is good.")))
                .containsExactly(
                        "Name",
                        ":",
                        "ĠA",
                        "roma",
                        ".",
                        "ĠText",
                        ":",
                        "|",
                        "ĠA",
                        "roma",
                        "Ġis",
                        "Ġgood",
                        ".",
                        "<|endoftext|>");
        assertThat(spelled(task("{name}\n"), new TextPair<>(PLACE, "good")))
                .containsExactly("A", "roma", "Ċ", "|", "good", "<|endoftext|>");
    }

    @Test
    void segmentsAreLines() throws IOException {
        for (String template : List.of("{name}{sep}Text:", "{name} {sep} Text:")) {
            assertThat(spelled(task(template), new TextPair<>(PLACE, "good")))
                    .containsExactly("A", "roma", "Ċ", "Text", ":", "|", "Ġgood", "<|endoftext|>");
        }
        assertThat(spelled(task("{name} {sep}"), new TextPair<>(PLACE, "good")))
                .containsExactly("A", "roma", "Ċ", "|", "good", "<|endoftext|>");
    }

    @Test
    void whatIsLearntIsWrittenWithoutTheSpace() throws IOException {
        TextTask<Place> task = task("Name: {name}. Text:");
        List<TextPair<Place>> pairs = List.of(new TextPair<>(PLACE, "Aroma is a café, naïve\nbut good \uD83D\uDE00."));
        try (TextPipeline<Place> tuned = TextTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(40).withLearningRate(1e-2))
                .fit(pairs)) {
            List<String> pieces = new ArrayList<>();
            String text = tuned.generate(PLACE, (prompt, piece) -> pieces.add(piece));
            assertThat(text).isEqualTo(pairs.get(0).target());
            assertThat(String.join("", pieces)).isEqualTo(text);
            assertThat(pieces).noneMatch(piece -> piece.contains("\uFFFD"));
        }
    }

    private TextTask<Place> task(String template) throws IOException {
        return TextTask.of(Place.class)
                .template(template)
                .placeholder("name", Place::name)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, gpt2().toString()))
                .build();
    }

    private static List<String> spelled(TextTask<Place> task, TextPair<Place> pair) {
        try (LanguageModel model = LanguageModel.open(task.tuning().backbone())) {
            EncodedPair encoded = CompiledTextTask.of(WritingTask.of(task), model)
                    .pair(InputPairs.of(task, List.of(pair), "pair").get(0));
            List<String> tokens = new ArrayList<>();
            for (int[] part : List.of(encoded.row().source(), encoded.row().target())) {
                Arrays.stream(part).mapToObj(model.tokenizer()::token).forEach(tokens::add);
                tokens.add("|");
            }
            return tokens.subList(0, tokens.size() - 1);
        }
    }

    private Path gpt2() throws IOException {
        Path source = shared().resolve("models/tokenizers/gpt2");
        assumeTrue(Files.isDirectory(source), "GPT-2's tokenizer is not beside the repository: " + source);
        Path model = folder.resolve("gpt2");
        if (!Files.exists(model)) {
            TinyModels.gpt2(model, 50_257);
            for (String file : List.of("vocab.json", "merges.txt")) {
                Files.copy(source.resolve(file), model.resolve(file));
            }
        }
        return model;
    }

    private static Path shared() {
        String place = System.getProperty("cloze.shared", System.getenv("CLOZE_SHARED"));
        if (place != null) {
            return Path.of(place);
        }
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = Objects.requireNonNull(root.getParent(), "the tests must run inside the repository");
        }
        return root.resolveSibling("shared");
    }
}
