package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;

/** Random templates, label words and options: javac says what is wrong by code, and what it accepts compiles. */
class TaskFuzzTest {

    private static final int TASKS = 400;
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "{{",
            "}}",
            "\\\"",
            " \\\\",
            " \\\\u0041",
            "*/",
            "@",
            "$S",
            "$",
            "%s",
            "%",
            " ",
            "{mask}",
            "{soft}",
            "{sep}",
            "{title}",
            "{body|lower}",
            "{author.name}",
            "{author.age|limit:3}",
            "{tags|fixed}",
            "{titel}",
            "{when}",
            "{hidden}",
            "\\n",
            "\\t",
            "\\0",
            "\\uD800",
            "\\uDC00",
            "é",
            "标",
            "It was",
            "<b>",
            "&amp;",
            "{soft:\\\"a\\\"}");
    private static final List<String> WORDS = List.of(
            "great", "Great", "bad", "", " ", "unforgettable", "☃", "标", "\\uD800", "*/", "$L", "%d", "a b", "\\n");

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void everyTaskIsWrittenOrRefusedByCode() {
        StringBuilder source = new StringBuilder("import dev.cloze.annotations.*;\nclass Fuzz {\n");
        for (int i = 0; i < TASKS; i++) {
            source.append(i % 4 == 0 ? textTask(i) : task(i));
        }
        Compilation compilation =
                Sources.compile(List.of(Sources.of("Fuzz", source.append("}\n").toString())), "-Xmaxerrs", "100000");

        String known = Problem.ofCompiler().stream().map(Problem::code).collect(Collectors.joining("|"));
        List<String> errors = compilation.diagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
        assertThat(errors).hasSizeGreaterThan(TASKS / 2).allSatisfy(error -> assertThat(error)
                .matches("(?s)\\[(" + known + ")] .*")
                .doesNotContain("InternalError"));
    }

    @Test
    void textTasksThatAreAcceptedCompile() {
        int written = 0;
        for (int i = 0; i < 40; i++) {
            String template = "{title}" + some(PIECES, 3).replaceAll("\\{(?!\\{)[^{}]*}|[{}]", "");
            Compilation compilation = Sources.compile(List.of(Sources.of(
                    "Fuzz",
                    "import dev.cloze.annotations.*;\n@Template(\"" + template
                            + "\") @Tuning(backbone = \"somebodys-decoder\") record Fuzz(String title) {}")));
            assertThat(compilation.errors()).as(template).isEmpty();
            written += compilation.generatedSourceFiles().size();
        }
        assertThat(written).isEqualTo(40);
    }

    @Test
    void whatIsAcceptedCompiles() {
        int written = 0;
        for (int i = 0; i < 60; i++) {
            String template = "{title}" + some(PIECES, 3).replaceAll("\\{(?!\\{)[^{}]*}|[{}]", "") + "{mask}";
            Compilation compilation = Sources.compile(List.of(Sources.of(
                    "Fuzz",
                    "import dev.cloze.annotations.*;\nclass Fuzz {\n" + task(i, template, "\"yes\"", "\"no\"", "")
                            + "}")));
            assertThat(Printed.of(compilation)).as(template).isEmpty();
            written += compilation.generatedSourceFiles().size();
        }
        assertThat(written).isEqualTo(60);
    }

    private String task(int i) {
        String tuning = random.nextInt(3) > 0
                ? ""
                : "@Tuning(maxLength = " + random.nextInt(-2, 40) + ", learningRate = " + random.nextDouble(-1, 2)
                        + ", promptLength = " + random.nextInt(-1, 2) + ", freezeBackbone = " + random.nextBoolean()
                        + ")";
        return task(i, some(PIECES, 8), words(), words(), tuning);
    }

    /** A task without a verbalizer, of a model nobody knows; the compiler takes it for one that writes. */
    private String textTask(int i) {
        return """
                @Template("%s") @Tuning(backbone = "somebodys-decoder")
                static class Task%d {
                    public String title; public String body; public Author author; static class Author { public String name; public int age; }
                    public java.util.List<String> tags; public Object when; private String hidden;
                }
                """.formatted(some(PIECES, 8), i);
    }

    private static String task(int i, String template, String yes, String no, String tuning) {
        return """
                @Template("%s") @Verbalizer(labels = Answer%d.class) %s
                static class Task%d {
                    public String title; public String body; public Author author; static class Author { public String name; public int age; } public java.util.List<String> tags;
                    public Object when; private String hidden;
                }
                enum Answer%d { @LabelWords({%s}) YES, @LabelWords({%s}) NO }
                """.formatted(template, i, tuning, i, i, yes, no);
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
            words.append('"').append(WORDS.get(random.nextInt(WORDS.size()))).append("\", ");
        }
        return words.toString();
    }

    private String some(List<String> pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
