package dev.cloze.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.runtime.FoundWords;
import dev.cloze.runtime.spi.ClassificationTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a search for words prints is compiled as it is pasted, and declares what was found. */
public class FoundWordsSourceTest {

    /** Labels that are shown to people in other words. */
    public enum Mood {
        GLAD,
        SAD;

        @Override
        public String toString() {
            return "in a \"mood\"";
        }
    }

    @Test
    void whatIsPrintedIsCompiled() throws Exception {
        Map<Mood, List<String>> words = new LinkedHashMap<>();
        words.put(Mood.GLAD, List.of("great", "fine"));
        words.put(Mood.SAD, List.of("terrible"));
        String printed = new FoundWords<>(
                        Mood.class, List.of(new FoundWords.Choice<>(words, 1, OptionalDouble.empty())))
                .source();
        Compilation compilation = Sources.compile(List.of(Sources.of("pasted.Opinion", """
                package pasted;

                import dev.cloze.annotations.*;

                @Template("{text} It was {mask}.")
                %s
                public record Opinion(String text) {}
                """.formatted(
                        printed.replace("FoundWordsSourceTest.Mood", Mood.class.getCanonicalName())))));
        assertThat(compilation).succeeded();
        ClassificationTask<?, ?> task = (ClassificationTask<?, ?>) new Loaded(compilation)
                .loadClass("pasted.OpinionPipeline")
                .getField("TASK")
                .get(null);
        assertThat(task.labels()).isEqualTo(words);
        assertThat(printed).startsWith("@Verbalizer(labels = FoundWordsSourceTest.Mood.class, value = {");
    }
}
