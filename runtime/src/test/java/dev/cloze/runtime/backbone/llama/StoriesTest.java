package dev.cloze.runtime.backbone.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.metric.Perplexity;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small real model, stories260K, tells its story; skipped where {@code shared/models/stories260K} is not there. */
class StoriesTest {

    /** A text, its tokens, and the perplexity of each but the first. */
    private record Measured(String text, int[] ids, double perplexity) {}

    /** What numpy computes; made by stories_reference.py. */
    private record Expected(
            String prompt, int[] promptIds, int[] storyIds, String story, Measured opening, Measured backwards) {}

    private static Path shared;
    private static Expected expected;
    private static StoriesTokenizer tokenizer;

    @TempDir
    Path folder;

    @BeforeAll
    static void find() throws IOException {
        shared = sharedFolder().resolve("models/stories260K");
        assumeTrue(
                Files.isRegularFile(shared.resolve("stories260K.bin")),
                "The folder shared/models/stories260K is not beside the repository, so its model tells no story; name"
                        + " another shared folder with -Dcloze.shared or CLOZE_SHARED.");
        tokenizer = StoriesTokenizer.read(shared.resolve("tok512.bin"));
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(StoriesTest.class.getResourceAsStream("/stories/expected.json")),
                StandardCharsets.UTF_8)) {
            expected = new Gson().fromJson(reader, Expected.class);
        }
    }

    private static Path sharedFolder() {
        String place = System.getProperty("cloze.shared", System.getenv("CLOZE_SHARED"));
        if (place != null) {
            return Path.of(place);
        }
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw")) && root.getParent() != null) {
            root = root.getParent();
        }
        return root.resolveSibling("shared");
    }

    private TextBackbone model() throws IOException {
        StoriesModel.write(shared.resolve("stories260K.bin"), folder);
        return StoriesModel.load(folder);
    }

    @Test
    void textsBecomeTheTokensOfTheReferenceAndTextAgain() {
        assertThat(tokenizer.size()).isEqualTo(512);
        assertThat(tokenizer.encode(expected.prompt)).isEqualTo(expected.promptIds);
        for (Measured text : List.of(expected.opening, expected.backwards)) {
            assertThat(tokenizer.encode(text.text)).isEqualTo(text.ids);
            assertThat(tokenizer.decode(Arrays.copyOfRange(text.ids, 1, text.ids.length)))
                    .isEqualTo(text.text);
        }
        String odd = "Ünï 山 \uD83D\uDE00";
        int[] ids = tokenizer.encode(odd);
        assertThat(tokenizer.decode(Arrays.copyOfRange(ids, 1, ids.length))).isEqualTo(odd);
    }

    @Test
    void onceUponATimeGoesOnAsTheStoryOfTheReference() throws IOException {
        int[] story;
        try (TextBackbone model = model()) {
            story = greedy(model, tokenizer.encode("Once upon a time"), expected.storyIds.length);
        }
        assertThat(tokenizer.decode(story)).startsWith(", there was a little girl named Lily. She loved to play");
        assertThat("Once upon a time" + tokenizer.decode(story)).isEqualTo(expected.story);
        assertThat(story).isEqualTo(expected.storyIds);
    }

    private static int[] greedy(TextBackbone model, int[] prompt, int count) {
        int[] tokens = new int[count];
        try (Decoding decoding = model.read(List.of(prompt), count, Injection.NONE)) {
            for (int i = 0; i < count; i++) {
                tokens[i] = top(decoding.logits().toFloatArray());
                if (i + 1 < count) {
                    decoding.advance(new int[] {0}, new int[] {tokens[i]});
                }
            }
        }
        return tokens;
    }

    private static int top(float[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                .orElseThrow();
    }

    /** The figures published with the model: 1.6 on an opening, 3,185 on the same words backwards; 512 would be chance. */
    @Test
    void anOpeningIsExpectedAndItsWordsBackwardsAreNot() throws IOException {
        try (TextBackbone model = model()) {
            double opening = perplexity(model, expected.opening);
            double backwards = perplexity(model, expected.backwards);

            assertThat(opening).isCloseTo(1.6, within(.05)).isCloseTo(expected.opening.perplexity, within(1e-4));
            assertThat(backwards).isCloseTo(3185, within(.5)).isCloseTo(expected.backwards.perplexity, within(.2));
            assertThat(model.endTokens()).containsExactly(StoriesTokenizer.BEGIN, StoriesTokenizer.END);
        }
    }

    private static double perplexity(TextBackbone model, Measured text) {
        int[] target = Arrays.copyOfRange(text.ids, 1, text.ids.length);
        double[] losses = model.targetLosses(List.of(new TextRow(new int[] {StoriesTokenizer.BEGIN}, target)));
        return Perplexity.of(losses[0], target.length);
    }

    @Test
    void theStoryItTellsIsWhatItExpects() throws IOException {
        try (TextBackbone model = model()) {
            double[] losses = model.targetLosses(List.of(new TextRow(expected.promptIds, expected.storyIds)));
            assertThat(Perplexity.of(losses[0], expected.storyIds.length)).isBetween(1.0, 1.8);
        }
    }
}
