package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks, enums and packages that have a name of what is written, or of what that uses. */
class CollidingNamesTest {

    private static final List<String> MEMBERS = List.of(
            "Provider", "Service", "TASK", "task", "words", "input", "part", "folder", "load", "trainer", "zeroShot");

    private static final List<String> USED = List.of(
            "Override",
            "Object",
            "Enum",
            "Class",
            "List",
            "Map",
            "LinkedHashMap",
            "Path",
            "Optional",
            "Generated",
            "PromptPipeline",
            "PromptTrainer",
            "ClassificationTask",
            "TaskTuning",
            "TuningMethod",
            "DeclaredPipeline",
            "PipelineProvider",
            "Builder",
            "Labels",
            "Pipeline");

    @ParameterizedTest
    @ValueSource(strings = {"app", "TASK", "Provider", "task", "input", "words"})
    void aTaskOrAnEnumMayHaveTheNameOfWhatIsWritten(String root) {
        List<JavaFileObject> files = new ArrayList<>();
        int number = 0;
        for (String name : root.equals("app") ? with(MEMBERS, USED) : MEMBERS) {
            number++;
            files.add(task(root + ".t" + number, name, "Answer"));
            files.add(task(root + ".a" + number, "Asked", name));
            files.add(nested(root + ".n" + number, name));
        }
        assertCompiles(files);
    }

    @ParameterizedTest
    @CsvSource({
        "Provider, Answer",
        "Asked, Provider",
        "Provider, Service",
        "TASK, Answer",
        "Asked, TASK",
        "input, words"
    })
    void soMayThoseOfTheUnnamedPackage(String task, String labels) {
        Compilation compilation = assertCompiles(List.of(task("", task, labels)));
        String service = task.equals("Provider") || labels.equals("Provider") ? "Service" : "Provider";
        assertThat(compilation.generatedFiles()).anyMatch(file -> file.getName()
                .endsWith(task + "Pipeline$" + (labels.equals("Service") ? "Door" : service) + ".class"));
        assertThat(Sources.text(compilation.generatedFiles().stream()
                        .filter(file -> file.getName().contains("META-INF/services"))
                        .findFirst()
                        .orElseThrow()))
                .isEqualToIgnoringNewLines(task + "Pipeline$" + (labels.equals("Service") ? "Door" : service));
    }

    @Test
    void anEnumElsewhereMayHaveTheTasksName() {
        assertCompiles(List.of(
                Sources.of(
                        "app.Same",
                        "package app; import dev.cloze.annotations.*;\n@Template(\"{title} {next.title} {mask}\")"
                                + " @Verbalizer(labels = other.Same.class) public record Same(String title, Same next) {}"),
                Sources.of("other.Same", "package other; public " + enumOf("Same"))));
    }

    @Test
    void unlessItsPackageHasTheNameOfAMember() {
        Compilation compilation = Sources.compile(List.of(
                Sources.of(
                        "app.Same",
                        "package app; import dev.cloze.annotations.*;\n@Template(\"{title} {mask}\")"
                                + " @Verbalizer(labels = TASK.in.Same.class) public record Same(String title) {}"),
                Sources.of("TASK.in.Same", "package TASK.in; public " + enumOf("Same"))));
        assertThat(Printed.of(compilation))
                .containsOnlyOnce("error:")
                .contains(
                        "[TaskNameTaken] The enum TASK.in.Same has the name of its task Same, and lies in a package that what"
                                + " is generated cannot name: it has a member TASK.");
    }

    private static List<String> with(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static Compilation assertCompiles(List<JavaFileObject> files) {
        Compilation compilation = Sources.compile(List.of(new PromptProcessor(), new ServicesProcessor()), files);
        assertThat(Printed.of(compilation)).isEmpty();
        assertThat(compilation.generatedSourceFiles()).hasSizeGreaterThanOrEqualTo(1);
        return compilation;
    }

    private static JavaFileObject task(String pack, String task, String labels) {
        String header = pack.isEmpty() ? "" : "package " + pack + ";\n";
        return Sources.of(
                pack.isEmpty() ? task : pack + "." + task, header + declaration("", task, labels) + enumOf(labels));
    }

    /** A task and an enum in a class of that name. */
    private static JavaFileObject nested(String pack, String name) {
        return Sources.of(
                pack + "." + name,
                "package " + pack + ";\n" + "class " + name + " {\n"
                        + declaration("static ", "Asked", "Answer")
                        + "static " + enumOf("Answer") + "}\n");
    }

    private static String declaration(String modifier, String task, String labels) {
        return """
                @dev.cloze.annotations.Template("{title} {next.title} {mask}")
                @dev.cloze.annotations.Verbalizer(labels = %2$s.class)
                %3$sclass %1$s { String title; %1$s next; }
                """.formatted(task, labels, modifier);
    }

    private static String enumOf(String name) {
        return "enum " + name
                + " { @dev.cloze.annotations.LabelWords(\"yes\") YES, @dev.cloze.annotations.LabelWords(\"no\") NO }\n";
    }
}
