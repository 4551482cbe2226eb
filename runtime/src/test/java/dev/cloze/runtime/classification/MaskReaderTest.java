package dev.cloze.runtime.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a model reads of a filled template, and where a text is cut. */
class MaskReaderTest {

    private static final String WORDS =
            IntStream.range(0, 2000).mapToObj(i -> "film " + i).collect(Collectors.joining(" "));

    private static MaskFiller filler;
    private static MaskReader reader;

    @BeforeAll
    static void opened() {
        filler = MaskFiller.open("cloze-tiny-en");
        reader = new MaskReader(filler);
    }

    @AfterAll
    static void closed() {
        filler.close();
    }

    @Test
    void aTextThatFitsIsReadWholeAndFilledAsTheFillerDoes() {
        MaskReading reading = reader.read("{text} It was {mask}.", Map.of("text", "a good film"), 5);

        assertThat(reading.before()).containsIgnoringCase("a good film it was");
        assertThat(reading.after()).startsWith(".");
        assertThat(reading.cuts()).isEmpty();
        assertThat(reading.fillings()).isEqualTo(filler.fill("a good film It was {mask}.", 5));
    }

    @Test
    void theWordsBehindACutAreNotRead() {
        MaskReading reading = reader.read("{text} It was {mask}.", Map.of("text", WORDS), 1);

        assertThat(reading.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.placeholder()).isEqualTo("text");
            assertThat(cut.from()).isZero();
            assertThat(cut.to()).isPositive().isLessThan(WORDS.length());
            String kept = WORDS.substring(0, cut.to());
            assertThat(reader.read("{text} It was {mask}.", Map.of("text", kept), 1))
                    .isEqualTo(new MaskReading(reading.before(), reading.after(), reading.fillings(), List.of()));
            String less = kept.substring(0, kept.lastIndexOf(' '));
            assertThat(reader.read("{text} It was {mask}.", Map.of("text", less), 1)
                            .before())
                    .isNotEqualTo(reading.before());
        });
    }

    @Test
    void aTextThatKeepsItsEndIsCutBefore() {
        MaskReading reading = reader.read("{text|head} It was {mask}.", Map.of("text", WORDS), 1);

        assertThat(reading.cuts()).singleElement().satisfies(cut -> {
            assertThat(cut.from()).isPositive();
            assertThat(cut.to()).isEqualTo(WORDS.length());
        });
    }

    @Test
    void ofTwoTextsThatIsToldWhichWasCut() {
        MaskReading reading =
                reader.read("{title|fixed} {body} It was {mask}.", Map.of("title", "good day", "body", WORDS), 1);

        assertThat(reading.cuts()).extracting(MaskReading.Cut::placeholder).containsExactly("body");
    }

    @Test
    void aTemplateWithoutAMaskIsRefused() {
        assertThatThrownBy(() -> reader.read("{text} It was.", Map.of("text", "a"), 1))
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[TemplateMissingMask]");
    }
}
