package dev.cloze.processor.write;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.vocabulary.LengthBudget;
import dev.cloze.processor.vocabulary.TaskLength;
import dev.cloze.processor.vocabulary.WordTokens;
import java.util.Optional;

/** What a pipeline's Javadoc tells: the template, what is tuned, any label words, how much of an input is kept. */
final class PipelineJavadoc {

    private final BackboneFinder finder;

    PipelineJavadoc(BackboneFinder finder) {
        this.finder = finder;
    }

    CodeBlock ofClass(TaskModel task) {
        Written<String> named = task.tuning().backbone();
        String backbone = named.value();
        Optional<Backbone> known = finder.find(backbone).backbone();
        CodeBlock.Builder lines = CodeBlock.builder()
                .add(firstSentence(task))
                .add("\n\n<p>The model reads $L", Html.code(task.template().text()))
                .add(task.isText() ? "\nand writes what follows.\n" : "\n")
                .add(known.map(model -> segments(task, model)).orElse(""))
                .add("\n")
                .add(
                        "<p>Tuning trains $L, $L$L, by $L.\n",
                        task.method().map(MethodTraits::trained).orElse("nothing"),
                        named.isWritten() ? "" : "by default ",
                        Html.code(backbone),
                        task.tuning().method());
        task.verbalizer().ifPresent(verbalizer -> lines.add(labelWords(verbalizer, task, known)));
        TaskLength.of(task, finder).ifPresent(budget -> lines.add(lengths(budget)));
        return lines.build();
    }

    private static String segments(TaskModel task, Backbone model) {
        boolean two = !task.template().all(TemplatePart.Separator.class).isEmpty();
        return two && !model.readsSegments()
                ? "It has no token between segments: their boundary is a line break.\n"
                : "";
    }

    private static CodeBlock firstSentence(TaskModel task) {
        ClassName input = ClassName.get(task.type());
        return task.verbalizer()
                .map(verbalizer -> CodeBlock.of(
                        "Classifies a {@link $T} as a {@link $T}.", input, ClassName.get(verbalizer.type())))
                .orElseGet(() -> CodeBlock.of("Writes a text for a {@link $T}.", input));
    }

    private static CodeBlock labelWords(VerbalizerModel verbalizer, TaskModel task, Optional<Backbone> known) {
        CodeBlock.Builder lines = CodeBlock.builder()
                .add(known.isPresent() ? "\n<p>Its label words, with their tokens:\n" : "\n<p>Its label words:\n")
                .add("<ul>\n");
        for (LabelModel label : verbalizer.labels()) {
            lines.add("<li>$L: $L\n", label.name(), words(label, task, known));
        }
        return lines.add("</ul>\n").build();
    }

    private static String words(LabelModel label, TaskModel task, Optional<Backbone> backbone) {
        return label.allWords().stream()
                .map(word -> '"' + Html.of(word.text()) + '"' + tokens(word, task, backbone))
                .collect(joining(", "));
    }

    private static String tokens(LabelWord word, TaskModel task, Optional<Backbone> backbone) {
        return backbone.map(
                        one -> " as " + Html.code(WordTokens.of(word, task, one).shown()))
                .orElse("");
    }

    private static CodeBlock lengths(LengthBudget budget) {
        CodeBlock.Builder lines = CodeBlock.builder()
                .add(
                        "\n<p>Of $L tokens the template takes $L ($L); these are never cut.",
                        budget.most(),
                        budget.fixed(),
                        budget.described());
        budget.room()
                .ifPresent(room -> lines.add("\nBehind the longest input there is room to write $L tokens.", room));
        if (budget.guaranteed().isEmpty()) {
            return lines.add("\n").build();
        }
        lines.add("\nHowever long an input is, at least so many tokens of each placeholder are kept:\n<ul>\n");
        budget.guaranteed().forEach((path, tokens) -> lines.add("<li>$L: $L\n", path, tokens));
        return lines.add("</ul>\n").build();
    }
}
