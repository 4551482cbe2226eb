package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.RealModels;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoders as they are published: sentence encoders, which were stored without a masked-LM head. */
class PublishedEncodersTest {

    @ParameterizedTest
    @ValueSource(strings = {"all-MiniLM-L6-v2", "bge-small-en-v1.5", "bge-small-zh-v1.5"})
    void withoutAHeadItOpensButFillsNoMaskAndTheMessageSaysWhatToTake(String name) {
        String folder = RealModels.folder(name).toString();
        try (LanguageModel model = LanguageModel.open(folder)) {
            assertThat(model.backbone().missingHead()).isPresent();
        }

        ClozeException refused = catchThrowableOfType(
                ClozeException.class, () -> MaskFiller.open(folder).close());

        assertThat(refused.problem()).isEqualTo(Problem.CHECKPOINT_MISSING_WEIGHT);
        assertThat(refused)
                .hasMessageContaining("has no tensor cls.predictions.")
                .hasMessageContaining("masked-LM head")
                .hasMessageContaining("Take the checkpoint of the pretrained model");
    }

    /** The first of them has a tokenizer.json that cuts at 128 tokens and fills up to them. */
    @ParameterizedTest
    @ValueSource(strings = {"all-MiniLM-L6-v2", "bge-small-en-v1.5"})
    void itsTokensAreThoseOfTheDefaultModelMadeFromIt(String name) {
        String text = "Über 5,000 readers can't be wrong: naïve façades, unaffable co-operation, 東京 and \u2603!";
        try (Tokenizer published = Tokenizer.open(RealModels.folder(name));
                Tokenizer ours = Tokenizer.open(Path.of(RealModels.defaultModel()))) {
            assertThat(published.encode(text, true)).isEqualTo(ours.encode(text, true));
            assertThat(published.encode("word ".repeat(400), true)).hasSize(400);
            assertThat(published.vocabularySize()).isEqualTo(ours.vocabularySize());
        }
    }

    @Test
    void theChineseOnesTokensAreThoseOfTheModelMadeFromIt() {
        String text = "这家店的担担面，麻酱香浓，吃完意犹未尽！送餐只用了18分钟。ok";
        Path chinese = Path.of("models/zh/src/main/resources/dev/cloze/models/cloze-small-zh");
        try (Tokenizer published = Tokenizer.open(RealModels.folder("bge-small-zh-v1.5"));
                Tokenizer ours = Tokenizer.open(chinese)) {
            int[] ids = ours.encode(text, true);
            assertThat(published.encode(text, true)).isEqualTo(ids);
            assertThat(IntStream.of(ids).mapToObj(ours::token))
                    .contains("担", "面", "，", "18")
                    .doesNotContain("[UNK]");
        }
    }
}
