package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotation;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An annotation named after a method selects it and says its own options, checked and written as those of all methods. */
public class MethodAnnotationTest {

    /** How many are joined. */
    public enum Joining {
        MEAN,
        SUM
    }

    /** What a method's annotation looks like. */
    public @interface Trial {
        int rounds() default 3;

        double share() default 0.5;

        Joining joining() default Joining.MEAN;

        String[] names() default {};
    }

    /** Another. */
    public @interface Other {}

    private static final List<Option<?>> OPTIONS = List.of(
            Option.of("rounds", Integer.class, 3, Range.between(1, 9), "Rounds."),
            Option.of("share", Double.class, 0.5, Range.between(0.0, 1.0), "A share."),
            Option.of("joining", Joining.class, Joining.MEAN, Range.any("MEAN or SUM"), "How."),
            Option.<List<String>>of("names", List.class, List.of(), Range.any("any names"), "Names."));

    private static final List<MethodAnnotation> METHODS = List.of(
            new MethodAnnotation(Trial.class, TuningMethod.PROMPT_FINE_TUNING, OPTIONS),
            new MethodAnnotation(Other.class, TuningMethod.PROMPT_FINE_TUNING, List.of()));

    @Test
    void whatIsWrittenIsWrittenToThePipelineAndNothingElse() {
        Compilation compilation =
                compile("@Trial(rounds = 3, joining = MethodAnnotationTest.Joining.SUM, names = {\"a\", \"b\\\"\"})");
        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(Sources.text(compilation.generatedSourceFiles().get(0))).contains("""
                            .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING)
                                    .with("rounds", 3)
                                    .with("joining", MethodAnnotationTest.Joining.SUM)
                                    .with("names", List.of("a", "b\\"")))
                """);
    }

    @Test
    void itStandsBesideTheOptionsOfAllMethods() {
        Compilation compilation = compile("@Tuning(maxSteps = 5) @Trial(share = 0)");
        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(Sources.text(compilation.generatedSourceFiles().get(0))).contains("""
                                    .with("maxSteps", 5)
                                    .with("share", 0.0))
                """);
    }

    @Test
    void aValueOutOfItsRangeIsRefusedAtItsPlace() {
        assertThat(Printed.of(compile("@Trial(rounds = 10)")))
                .contains(
                        "error: [TuningOptionOutOfRange] rounds = 10 is out of range.",
                        "Its range is 1 to 9.",
                        "@Trial(rounds = 10)\n                ^");
    }

    @Test
    void anOptionMayDependOnAnotherThatIsWritten() {
        String task = "import dev.cloze.annotations.*;\n"
                + "@Template(\"{title} It is {mask}.\") @Verbalizer(labels = Answer.class)\n"
                + "@MultitaskPromptTuning(%s)\n"
                + "record Task(String title) {}\n"
                + "enum Answer { @LabelWords(\"yes\") YES, @LabelWords(\"no\") NO }\n";
        Compilation both = Sources.compile(
                List.of(Sources.of("Task", task.formatted("source = \"shared\", sourceTask = \"reviews\""))));
        assertThat(Printed.of(both)).isEmpty();
        assertThat(Sources.text(both.generatedSourceFiles().get(0)))
                .containsSubsequence(".with(\"source\", \"shared\")", ".with(\"sourceTask\", \"reviews\")");
        Compilation one = Sources.compile(List.of(Sources.of("Task", task.formatted("sourceTask = \"reviews\""))));
        assertThat(Printed.of(one)).contains("it is a task of source, which is not set.");
    }

    @Test
    void twoOfThemAreRefused() {
        assertThat(Printed.of(compile("@Trial @Other")))
                .contains("error: [TuningOptionNotApplicable] Task has @Trial and @Other, and a task is tuned by one");
    }

    @Test
    void aTaskWithoutATemplateIsToldSo() {
        Compilation compilation = Sources.compile(
                List.of(new PromptProcessor(METHODS, List.of())),
                List.of(Sources.of(
                        "Bare",
                        "import dev.cloze.processor.MethodAnnotationTest.*;\n@Trial record Bare(String title) {}")));
        assertThat(Printed.of(compilation)).contains("[TaskTemplateMissing] Bare has @Trial but no @Template.");
    }

    private static Compilation compile(String annotations) {
        String source = "import dev.cloze.annotations.*;\nimport dev.cloze.processor.MethodAnnotationTest;\n"
                + "import dev.cloze.processor.MethodAnnotationTest.*;\n"
                + "@Template(\"{title} It is {mask}.\") @Verbalizer(labels = Answer.class)\n" + annotations
                + "\nrecord Task(String title) {}\n"
                + "enum Answer { @LabelWords(\"yes\") YES, @LabelWords(\"no\") NO }\n";
        return Sources.compile(List.of(new PromptProcessor(METHODS, List.of())), List.of(Sources.of("Task", source)));
    }
}
