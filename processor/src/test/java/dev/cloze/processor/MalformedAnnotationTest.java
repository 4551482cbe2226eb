package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What javac itself finds wrong in an annotation is left to javac: no fault of the processor on top of it. */
class MalformedAnnotationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Template @Verbalizer(labels = Answer.class)",
                "@Template(5) @Verbalizer(labels = Answer.class)",
                "@Template(GONE) @Verbalizer(labels = Answer.class)",
                "@Template({\"{title}\", \"{mask}\"}) @Verbalizer(labels = Answer.class)",
                "@Template(null) @Verbalizer(labels = Answer.class)",
                "@Template(\"{title} {mask}\") @Verbalizer",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = String.class)",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Gone.class)",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class, value = \"yes\")",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class, value = @LabelWords(label = \"YES\"))",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class, value = @LabelWords(5))",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class) @Tuning(method = TuningMethod.GONE)",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class) @Tuning(maxSteps = \"many\")",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class) @Tuning(gone = 1)",
                "@Template(\"{title} {mask}\") @Template(\"{mask}\") @Verbalizer(labels = Answer.class)",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Answer.class) @LabelWords(\"a\")",
                "@Template(\"{title} {mask}\") @Verbalizer(labels = Half.class)",
                "@Template(\"{title} {mask}\") @Scale",
                "@Template(\"{title} {mask}\") @Scale(from = 0, to = 5)",
                "@Template(\"{title} {mask}\") @Scale(from = \"0\", to = 5, low = \"no\", high = \"yes\")",
                "@Template(\"{title} {mask}\") @Scale(from = 0, to = GONE, low = \"no\", high = {\"a\", \"b\"})",
                "@Template(\"{title|spans}\") @Verbalizer(labels = Answer.class) @Spans",
                "@Template(\"{title|spans}\") @Verbalizer(labels = Answer.class) @Spans(none = 5, longest = \"a\")",
                "@Template(\"{title|spans}\") @Verbalizer(labels = Answer.class) @Spans(none = {\"a\", GONE}, negatives = \"b\")",
                "@Template",
                "@Template(GONE)",
                "@Template(\"{title}\") @Verbalizer",
                "@Template(\"{title}\") @Tuning(backbone = 5)",
                "@Template(\"{title}\") @Calibration",
                "@Template(\"{title}\") @LabelWords(\"a\")",
            })
    void isLeftToJavac(String annotations) {
        Compilation compilation = Sources.compile(List.of(Sources.of(
                "Task",
                "import dev.cloze.annotations.*;\n" + annotations + "\nrecord Task(String title) {}\n"
                        + "enum Answer { @LabelWords(\"yes\") YES, @LabelWords(\"no\") NO }\n"
                        + "enum Half { @LabelWords YES, @LabelWords(7) NO }")));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        assertThat(Printed.of(compilation)).doesNotContain("InternalError");
    }
}
