package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.FoundTemplates.Choice;
import dev.cloze.runtime.FoundTemplates.Measure;
import dev.cloze.runtime.Reviews.Sentiment;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What was found is printed as source that compiles, whatever characters are in it. */
class FoundSourceTest {

    @Test
    void aTemplateWithALineBreakIsALiteralOfOneLine() {
        FoundTemplates found = new FoundTemplates(
                Measure.ACCURACY, List.of(new Choice("{text}\n\t\"It\" was\\ {mask}.\r", -1, OptionalDouble.empty())));
        assertThat(found.source()).isEqualTo("@Template(\"{text}\\n\\t\\\"It\\\" was\\\\ {mask}.\\r\")");
    }

    @Test
    void soIsAWord() {
        FoundWords<Sentiment> found = new FoundWords<>(
                Sentiment.class,
                List.of(new FoundWords.Choice<>(
                        Map.of(Sentiment.POSITIVE, List.of("great\n", "\"good\"")), 1, OptionalDouble.empty())));
        assertThat(found.source()).contains("value = {\"great\\n\", \"\\\"good\\\"\"})");
    }
}
