package dev.cloze.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates with the default model's tokenizer, against the Hugging Face library's tokens of the whole text. */
class WholeTextTest {

    private static HuggingFaceTokenizer library;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        try (InputStream json =
                WholeTextTest.class.getResourceAsStream("/dev/cloze/models/cloze-tiny-en/tokenizer.json")) {
            Files.copy(Objects.requireNonNull(json), file);
        }
        library = HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"));
        tokenizer = Tokenizer.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
        library.close();
    }

    @Test
    void idsAreThoseOfTheWholeTextWithTheRealMask() {
        TemplateEncoder encoder = compile("{title} {body} It was {mask}.", 512);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            String title = RandomTexts.words(random, 6);
            String body = RandomTexts.words(random, 30);
            Encoding whole = library.encode(title + " " + body + " It was [MASK].");

            EncodedText encoded = encoder.encode(Map.of("title", title, "body", body), 1);

            assertThat(encoded.ids()).as("%s | %s", title, body).isEqualTo(ints(whole.getIds()));
            assertThat(encoded.segmentIds()).containsOnly(0);
            assertThat(encoded.ids()[encoded.maskPositions()[0]])
                    .isEqualTo(tokenizer.special().mask());
            assertThat(encoded.cut()).isFalse();
        }
    }

    @Test
    void twoSegmentsAreEncodedAsAPairOfTexts() {
        TemplateEncoder encoder = compile("{a}? {sep} {mask}, {b}", 512);
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            String a = RandomTexts.words(random, 12);
            String b = RandomTexts.words(random, 12);
            Encoding pair = library.encode(a + "?", "[MASK], " + b);

            EncodedText encoded = encoder.encode(Map.of("a", a, "b", b), 1);

            assertThat(encoded.ids()).isEqualTo(ints(pair.getIds()));
            assertThat(encoded.segmentIds()).isEqualTo(ints(pair.getTypeIds()));
        }
    }

    @Test
    void inAByteLevelVocabularyTheSpaceBeforeAPartIsItsFirstTokens(@TempDir Path folder) throws IOException {
        Path bytePairs = Path.of("../annotations/vocabulary/src/test/resources/tokenizers/roberta-add-prefix-space");
        String json = Files.readString(bytePairs.resolve("tokenizer.json"))
                .replaceAll("(\"add_prefix_space\": ?)true", "$1false");
        Path file = Files.writeString(folder.resolve("tokenizer.json"), json);
        Random random = new Random(4);
        try (HuggingFaceTokenizer roberta = HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false"));
                Tokenizer ours = Tokenizer.open(folder)) {
            TemplateEncoder encoder = TemplateEncoder.compile(
                    TemplateSyntax.parse("{title} It was {mask}, said {body} ."), ours::encode, ours.special(), 512);
            for (int i = 0; i < 500; i++) {
                String title = RandomTexts.words(random, 6);
                String body = RandomTexts.words(random, 12);
                Encoding whole = roberta.encode(title + " It was <mask>, said " + body + " .");

                EncodedText encoded = encoder.encode(Map.of("title", title, "body", body), 1);

                assertThat(encoded.ids()).as("%s | %s", title, body).isEqualTo(ints(whole.getIds()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[MASK] [SEP] [CLS] [PAD] [UNK]",
                "{mask} {title} {sep} {{ }}",
                "<mask></s><s>",
                "\ud83d\ude42\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udc69",
                "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
                "\u200b\u200d\ufeff\u2060",
                "\u0000\u0001\u0007\u001b",
                "\ud83d a \ude42",
                " \t\n\u00a0\u3000 ",
                ""
            })
    void strangeTextsAreTextAndLeaveTheMaskAlone(String strange) {
        EncodedText encoded = compile("{title} {body} It was {mask}.", 64)
                .encode(Map.of("title", strange, "body", "a " + strange), 1);

        assertThat(encoded.length()).isLessThanOrEqualTo(64);
        assertThat(count(encoded, tokenizer.special().mask())).isEqualTo(1);
        assertThat(count(encoded, tokenizer.special().between()[0])).isEqualTo(1);
        assertThat(encoded.ids()[encoded.maskPositions()[0]])
                .isEqualTo(tokenizer.special().mask());
    }

    @Test
    void aHundredThousandCharactersAreCutToTheRoomThereIs() {
        TemplateEncoder encoder = compile("{title} {body} It was {mask}.", 128);
        for (String unit : new String[] {"word ", "unbroken", "\ud83d\ude42", "\u96fb\u5f71", " ", "[MASK]"}) {
            String text = unit.repeat(100_000 / unit.length());
            EncodedText encoded = encoder.encode(Map.of("title", "Short", "body", text), 1);

            assertThat(encoded.length()).isLessThanOrEqualTo(128);
            assertThat(count(encoded, tokenizer.special().mask())).isEqualTo(1);
        }
    }

    @Test
    void ofALongTextNoMoreIsEncodedThanCanBeKept() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            String text = RandomTexts.words(random, 400).replace(" the ", i % 2 == 0 ? "  \t the" : " the ");
            int most = 1 + random.nextInt(100);
            int[] whole = tokenizer.encode(text, true);

            int[] tokens = LongText.encode(tokenizer::encode, text, true, most);

            assertThat(tokens).isEqualTo(Arrays.copyOf(whole, tokens.length));
            assertThat(tokens.length).isGreaterThanOrEqualTo(Math.min(whole.length, most + 1));
        }
        String long100k = "some words ".repeat(9_000);
        assertThat(LongText.encode(tokenizer::encode, long100k, true, 128).length)
                .isLessThan(500);
    }

    private static long count(EncodedText encoded, int id) {
        return IntStream.of(encoded.ids()).filter(i -> i == id).count();
    }

    private static TemplateEncoder compile(String template, int maxLength) {
        return TemplateEncoder.compile(
                TemplateSyntax.parse(template), tokenizer::encode, tokenizer.special(), maxLength);
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }
}
