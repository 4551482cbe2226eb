package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code -Acloze.quick} a task that names no backbone is checked with the quick model. */
class QuickOptionTest {

    /** "subjective" is one token of the default model and several of the quick one. */
    private static final String TASK = """
            package example;
            import dev.cloze.annotations.*;
            @Template("{text} This is {mask}.")
            @Verbalizer(labels = Task.Stance.class, multiTokenWords = MultiTokenWords.REJECT)
            %s
            public record Task(String text) {
                public enum Stance { @LabelWords("subjective") SUBJECTIVE, @LabelWords("true") OBJECTIVE }
            }
            """;

    private static final List<JavaFileObject> UNNAMED = List.of(Sources.of("example.Task", TASK.formatted("")));
    private static final List<JavaFileObject> NAMED =
            List.of(Sources.of("example.Task", TASK.formatted("@Tuning(backbone = \"cloze-small-en\")")));

    @ParameterizedTest
    @ValueSource(strings = {"-Acloze.quick", "-Acloze.quick=true"})
    void itsLabelWordsAreThoseOfTheQuickModel(String option) {
        assertThat(Printed.of(Sources.compile(UNNAMED, option)))
                .contains("[VerbalizerMultiTokenWord] \"subjective\" is", "tokens of cloze-tiny-en");
    }

    @Test
    void withoutItOrWithFalseTheyAreThoseOfTheDefaultModel() {
        assertThat(Printed.of(Sources.compile(UNNAMED))).isEmpty();
        assertThat(Printed.of(Sources.compile(UNNAMED, "-Acloze.quick=false"))).isEmpty();
    }

    @Test
    void aTaskThatNamesItsModelIsCheckedWithThatOne() {
        assertThat(Printed.of(Sources.compile(NAMED, "-Acloze.quick"))).isEmpty();
    }

    @Test
    void whichModelIsUsedIsLeftToTheRuntimeUnlessItIsNamed() {
        assertThat(pipeline(Sources.compile(UNNAMED)))
                .contains("TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING)")
                .contains("by default {@code cloze-small-en}");
        assertThat(pipeline(Sources.compile(NAMED)))
                .contains("TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, \"cloze-small-en\")");
    }

    private static String pipeline(Compilation compilation) {
        return Sources.text(compilation.generatedSourceFiles().get(0));
    }
}
