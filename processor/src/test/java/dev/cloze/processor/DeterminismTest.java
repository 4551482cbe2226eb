package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The same task gives the same bytes. */
class DeterminismTest {

    @Test
    void compiledTwiceAndInAnotherOrderTheBytesAreTheSame() {
        List<JavaFileObject> files = Sources.of(Sources.FOLDER.resolve("good"));
        List<JavaFileObject> reversed = new ArrayList<>(files);
        Collections.reverse(reversed);

        Map<String, String> first = generated(Sources.compile(files));
        assertThat(first).hasSizeGreaterThan(2);
        assertThat(generated(Sources.compile(files))).isEqualTo(first);
        assertThat(generated(Sources.compile(reversed))).isEqualTo(first);
    }

    @Test
    void theOrderOfMembersDoesNotMatter() {
        String title = "public String getTitle() { return null; }";
        String body = "public int body;";
        String author = "public Author author() { return null; }";
        String type = "static class Author { public String name; }";
        assertThat(generated(compile(title + body + author + type)))
                .isEqualTo(generated(compile(type + author + body + title)));
    }

    @Test
    void theOrderOfMembersDoesNotMatterToMessages() {
        String title = "public String getTitle() { return null; }";
        String body = "public int boty;";
        assertThat(withoutSource(Printed.of(compile(title + body))))
                .isEqualTo(withoutSource(Printed.of(compile(body + title))))
                .contains("Task has: boty, title.");
    }

    private static String withoutSource(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("Task.java") || line.startsWith("    "))
                .toList()
                .toString();
    }

    private static Compilation compile(String members) {
        return Sources.compile(List.of(Sources.of("Task", """
                import dev.cloze.annotations.*;
                @Template("{title} {body} {author.name} {mask}")
                @Verbalizer(labels = Task.Answer.class)
                class Task {
                    enum Answer { @LabelWords("yes") YES, @LabelWords("no") NO }
                """ + members + "}")));
    }

    private static Map<String, String> generated(Compilation compilation) {
        return compilation.generatedSourceFiles().stream()
                .collect(Collectors.toMap(JavaFileObject::getName, Sources::text));
    }
}
