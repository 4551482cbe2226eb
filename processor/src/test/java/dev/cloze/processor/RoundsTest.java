package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** Other processors may write what a task refers to, in any round. */
class RoundsTest {

    private static final String ANSWER = """
            package rounds;
            import dev.cloze.annotations.LabelWords;
            public enum Answer {
                @LabelWords("yes") YES,
                @LabelWords(%s) NO
            }
            """;

    private static final JavaFileObject TASK = Sources.of("rounds.Task", """
            package rounds;
            import dev.cloze.annotations.*;
            @Template("{title} {mask}")
            @Verbalizer(labels = Answer.class)
            public record Task(String title) {}
            """);

    private static final JavaFileObject OF_AUTHOR = Sources.of("rounds.OfAuthor", """
            package rounds;
            import dev.cloze.annotations.*;
            @Template("{author.person.name} {mask}")
            @Verbalizer(labels = Answer.class)
            public class OfAuthor {
                public Author author;
            }
            """);

    @Test
    void theLabelEnumIsGenerated() {
        Compilation compilation = compile(List.of(TASK), new GeneratingProcessor("rounds.Answer", answer("\"no\"")));
        assertThat(pipelines(compilation)).containsExactly("TaskPipeline.java");
    }

    @Test
    void theLabelEnumIsGeneratedAndWrong() {
        Compilation compilation =
                compile(List.of(TASK), new GeneratingProcessor("rounds.Answer", answer("{\"no\", \"yes\"}")));
        assertThat(Printed.of(compilation))
                .startsWith("Answer.java:5:24: error: [VerbalizerDuplicateWord] \"yes\" is a label word of both");
    }

    @Test
    void aConstantOfTheLabelWordsIsGenerated() {
        JavaFileObject answer = Sources.of("rounds.Answer", answer("Words.NO"));
        String words = "package rounds; interface Words { String NO = \"no\"; }";
        Compilation compilation = compile(List.of(TASK, answer), new GeneratingProcessor("rounds.Words", words));
        assertThat(pipelines(compilation)).containsExactly("TaskPipeline.java");
        assertThat(source(compilation, "TaskPipeline")).contains("\"no\"").doesNotContain("<error>");
    }

    @Test
    void aTypeOnThePathIsGenerated() {
        JavaFileObject answer = Sources.of("rounds.Answer", answer("\"no\""));
        JavaFileObject author = Sources.of("rounds.Author", "package rounds; class Author { public Person person; }");
        String person = "package rounds; class Person { public String name; }";
        Compilation compilation =
                compile(List.of(OF_AUTHOR, author, answer), new GeneratingProcessor("rounds.Person", person));
        assertThat(pipelines(compilation)).containsExactly("OfAuthorPipeline.java");
    }

    @Test
    void theTaskItselfIsGenerated() {
        JavaFileObject answer = Sources.of("rounds.Answer", answer("{\"no\", \"yes\"}"));
        Compilation compilation = compile(List.of(answer), new GeneratingProcessor("rounds.Task", Sources.text(TASK)));
        assertThat(Printed.of(compilation))
                .as("the caret is on the enum, seen a round before the task")
                .startsWith("Answer.java:5:24: error: [VerbalizerDuplicateWord] \"yes\" is a label word of both");
    }

    @Test
    void whatIsNeverGeneratedIsTheCompilersOwnError() {
        Compilation compilation = compile(List.of(TASK));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        assertThat(Printed.of(compilation)).contains("cannot find symbol").doesNotContain("InternalError");
    }

    @Test
    void aTaskMayUseItsOwnPipelineInABody() {
        JavaFileObject task = Sources.of(
                "rounds.Task",
                Sources.text(TASK).replace("{}", "{ Object open() { return TaskPipeline.zeroShot(); } }"));
        Compilation compilation = compile(List.of(task, Sources.of("rounds.Answer", answer("\"no\""))));
        assertThat(pipelines(compilation)).containsExactly("TaskPipeline.java");
    }

    @Test
    void aTextTaskWaitsForATypeOnItsPathAndMayUseItsOwnPipeline() {
        JavaFileObject task = Sources.of("rounds.Letter", """
                package rounds;
                import dev.cloze.annotations.*;
                @Template("Dear {person.name},")
                @Tuning(backbone = "tiny-llama")
                public class Letter {
                    public Person person;
                    Object open() { return LetterPipeline.pretrained(); }
                }
                """);
        String person = "package rounds; class Person { public String name; }";
        String models = "-Acloze.models=" + Sources.FOLDER.resolve("models");
        Compilation compilation = Sources.compile(
                List.of(new PromptProcessor(), new GeneratingProcessor("rounds.Person", person)),
                List.of(task),
                models);
        assertThat(pipelines(compilation)).containsExactly("LetterPipeline.java");
    }

    private static String answer(String noWords) {
        return ANSWER.formatted(noWords);
    }

    private static Compilation compile(List<JavaFileObject> files, Processor... others) {
        List<Processor> processors = new ArrayList<>(List.of(others));
        processors.add(0, new PromptProcessor());
        return Sources.compile(processors, files);
    }

    private static List<String> pipelines(Compilation compilation) {
        assertThat(Printed.of(compilation)).isEmpty();
        return compilation.generatedSourceFiles().stream()
                .map(file -> file.getName().replaceFirst(".*/", ""))
                .filter(name -> name.endsWith("Pipeline.java"))
                .toList();
    }

    private static String source(Compilation compilation, String name) {
        return compilation.generatedSourceFiles().stream()
                .filter(file -> file.getName().endsWith(name + ".java"))
                .map(Sources::text)
                .findFirst()
                .orElseThrow();
    }
}
