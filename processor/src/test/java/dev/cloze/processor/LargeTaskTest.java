package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of many labels, words and placeholders, and those whose names stand in the way, are written so that they compile. */
class LargeTaskTest {

    private static final String UNKNOWN = "@Tuning(backbone = \"somebodys-encoder\")";

    private static String many(int count, String separator, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining(separator));
    }

    private static String labels(int count, int words) {
        return "enum Label {"
                + many(
                        count,
                        ", ",
                        i -> "@LabelWords({" + many(words, ", ", j -> "\"w" + i + "x" + j + "\"") + "}) L" + i)
                + "}\n";
    }

    private static void compiles(String name, String source) {
        JavaFileObject file = Sources.of(name, "import dev.cloze.annotations.*;\n" + source);
        Compilation compilation = Sources.compile(List.of(file));
        assertThat(compilation.errors()).as(name).isEmpty(); // that nothing is known of the model is a warning
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(compilation.generatedSourceFiles()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1500, 1", "400, 30", "3, 5000"})
    void manyLabelsAndWordsAreWrittenInParts(int labels, int words) {
        compiles(
                "Many",
                labels(labels, words) + "@Template(\"{title} {mask}\") @Verbalizer(labels = Label.class) " + UNKNOWN
                        + " record Many(String title) {}");
    }

    @Test
    void aThousandLabelsMayHaveWordsOfATemplatesOwn() {
        String own = many(1000, ", ", i -> "@LabelWords(label = \"L" + i + "\", value = \"v" + i + "\")");
        compiles(
                "Own",
                labels(1000, 1) + "@Template(\"{title} {mask}\") @Template(value = \"{mask}: {title}\", words = {" + own
                        + "}) @Verbalizer(labels = Label.class) @Tuning(method = TuningMethod.PET, backbone ="
                        + " \"somebodys-encoder\") record Own(String title) {}");
    }

    @Test
    void aThousandPlaceholdersAreReadInParts() {
        String fields = many(1200, "\n", i -> "final String f" + i + " = \"\";");
        compiles(
                "Wide",
                labels(2, 1) + "@Template(\"" + many(1200, " ", i -> "{f" + i + "}") + " {mask}\")"
                        + " @Verbalizer(labels = Label.class) " + UNKNOWN + " class Wide {" + fields + "}");
    }

    @Test
    void tenThousandCandidatesAreWrittenInParts() {
        compiles(
                "Ranked",
                "@Template(\"{title} {mask}\") @Candidates({" + many(10_000, ", ", i -> "\"c" + i + "\"") + "}) "
                        + UNKNOWN + " record Ranked(String title) {}");
    }

    @Test
    void theNamesOfWhatIsWrittenStandInNobodysWay() {
        for (String name : List.of("TASK", "task", "List", "Map", "Object", "String", "ClassificationTask", "Path")) {
            compiles(
                    name,
                    labels(2, 1) + "@Template(\"{title} {mask}\") @Verbalizer(labels = Label.class) " + UNKNOWN
                            + " record " + name + "(java.lang.String title) {}");
            compiles(
                    "Of" + name,
                    "enum " + name + " { @LabelWords(\"a\") A, @LabelWords(\"b\") B }"
                            + "@Template(\"{title} {mask}\") @Verbalizer(labels = " + name + ".class) " + UNKNOWN
                            + " record Of" + name + "(java.lang.String title) {}");
        }
    }
}
