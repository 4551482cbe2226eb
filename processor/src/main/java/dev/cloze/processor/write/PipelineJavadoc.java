package dev.cloze.processor.write;

import static java.util.stream.Collectors.joining;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.vocabulary.LengthBudget;
import dev.cloze.processor.vocabulary.TaskLength;
import dev.cloze.processor.vocabulary.WordTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a pipeline's Javadoc tells: the template, what is tuned, any label words, how much of an input is kept. */
final class PipelineJavadoc {

    private static final int CANDIDATES_SHOWN = 20;

    private final BackboneFinder finder;

    PipelineJavadoc(BackboneFinder finder) {
        this.finder = finder;
    }

    CodeBlock ofClass(TaskModel task) {
        Optional<Backbone> known = finder.of(task);
        CodeBlock.Builder lines = CodeBlock.builder()
                .add(firstSentence(task))
                .add(read(task))
                .add(known.map(model -> segments(task, model)).orElse(""))
                .add("\n")
                .add(
                        "<p>Tuning trains $L, $L, by $L.\n",
                        task.method().map(MethodTraits::trained).orElse("nothing"),
                        model(task),
                        task.tuning().method())
                .add(
                        task.answersUntrained()
                                ? ""
                                : "There is nothing to " + (task.isText() ? "write" : "answer")
                                        + " with before, so no {@code "
                                        + Kind.of(task).untrained() + "()}.\n");
        if (task.candidates().isPresent()) {
            CandidatesModel candidates = task.candidates().get();
            alike(task, template -> Optional.of(candidates(candidates, template, known)))
                    .forEach((words, templates) -> lines.add(candidates(task, candidates, templates, known, words)));
        } else if (task.readsWords()) {
            alike(task, template -> Optional.of(labelWords(task, template, known)))
                    .forEach((words, templates) ->
                            lines.add(labelWords(task, templates, known)).add(words));
        }
        alike(task, template -> TaskLength.of(task, template, finder))
                .forEach((budget, templates) -> lines.add(lengths(budget, named(task, templates), task.kind())));
        return lines.build();
    }

    private static String model(TaskModel task) {
        if (!task.method().map(MethodTraits::hasBackbone).orElse(true)) {
            return "without a language model";
        }
        Written<String> named = task.tuning().backbone();
        return (named.isWritten() ? "" : "by default ") + Html.code(named.value());
    }

    private static CodeBlock read(TaskModel task) {
        if (!task.isText() && !task.readsWords()) {
            String first = Html.code(task.templates().get(0).text());
            return CodeBlock.of("\n\n<p>Of $L the placeholders are read, in their segments.\n", first);
        }
        if (task.templates().size() == 1) {
            return CodeBlock.of(
                    "\n\n<p>The model reads $L\n$L",
                    Html.code(task.templates().get(0).text()),
                    task.isText() ? "and writes what follows.\n" : "");
        }
        CodeBlock.Builder lines =
                CodeBlock.builder().add("\n\n<p>The model reads one of these templates at a time:\n<ol>\n");
        task.templates().forEach(template -> lines.add("<li>$L\n", Html.code(template.text())));
        return lines.add("</ol>\n").build();
    }

    /** What there is to say of each template, with the templates it is true of. */
    private static <T> Map<T, List<TemplateModel>> alike(TaskModel task, Function<TemplateModel, Optional<T>> said) {
        Map<T, List<TemplateModel>> templates = new LinkedHashMap<>();
        task.templates().forEach(template -> said.apply(template)
                .ifPresent(one ->
                        templates.computeIfAbsent(one, any -> new ArrayList<>()).add(template)));
        return templates;
    }

    /** {@code the template}, or {@code template 2}, or {@code each of templates 1, 3}. */
    private static String named(TaskModel task, List<TemplateModel> templates) {
        if (task.templates().size() == 1) {
            return "the template";
        }
        String numbers = templates.stream()
                .map(template -> Integer.toString(template.number()))
                .collect(joining(", "));
        return templates.size() == 1 ? "template " + numbers : "each of templates " + numbers;
    }

    private static String segments(TaskModel task, Backbone model) {
        boolean two = task.templates().stream().anyMatch(template -> !template.all(TemplatePart.Separator.class)
                .isEmpty());
        return two && !model.readsSegments()
                ? "It has no token between segments: their boundary is a line break.\n"
                : "";
    }

    private static CodeBlock firstSentence(TaskModel task) {
        ClassName input = ClassName.get(task.type());
        return switch (task.kind()) {
            case CLASSIFICATION -> CodeBlock.of("Classifies a {@link $T} as a {@link $T}.", input, Kind.label(task));
            case REGRESSION -> {
                ScaleModel scale = task.scale().orElseThrow();
                yield CodeBlock.of(
                        "Gives a {@link $T} a number from $L to $L.",
                        input,
                        scale.from().value(),
                        scale.to().value());
            }
            case EXTRACTION ->
                CodeBlock.of("Finds spans in a {@link $T} and says which {@link $T} each is.", input, Kind.label(task));
            case CLOZE -> CodeBlock.of("Ranks the words that could fill the gap of a {@link $T}.", input);
            case TEXT -> CodeBlock.of("Writes a text for a {@link $T}.", input);
        };
    }

    private static String labelWords(TaskModel task, List<TemplateModel> templates, Optional<Backbone> known) {
        String words = task.scale().isPresent() ? "words for the ends of the scale" : "label words";
        String of = task.templates().size() == 1 ? "Its " + words : "The " + words + " of " + named(task, templates);
        return "\n<p>" + of + (known.isPresent() ? ", with their tokens:\n" : ":\n");
    }

    private static CodeBlock labelWords(TaskModel task, TemplateModel template, Optional<Backbone> known) {
        CodeBlock.Builder lines = CodeBlock.builder().add("<ul>\n");
        for (LabelModel label : task.labels(template)) {
            lines.add("<li>$L: $L\n", label.name(), words(label, template, known));
        }
        return lines.add("</ul>\n").build();
    }

    private static CodeBlock candidates(
            TaskModel task,
            CandidatesModel candidates,
            List<TemplateModel> templates,
            Optional<Backbone> known,
            String words) {
        if (candidates.isOpen()) {
            return CodeBlock.of("\n<p>It ranks all whole words that the model has as one token.\n");
        }
        boolean ofAll = templates.size() == task.templates().size();
        int more = candidates.words().size() - CANDIDATES_SHOWN;
        return CodeBlock.of(
                "\n<p>$L$L:\n$L$L.\n",
                ofAll ? "Its candidates" : "The candidates of " + named(task, templates),
                known.isPresent() ? ", with their tokens" : "",
                words,
                more <= 0 ? "" : " and " + more + " more");
    }

    /** The first of them as the template has them; nothing where all words are ranked. */
    private static String candidates(CandidatesModel candidates, TemplateModel template, Optional<Backbone> known) {
        if (candidates.isOpen()) {
            return "";
        }
        int shown = Math.min(CANDIDATES_SHOWN, candidates.words().size());
        return words(candidates.words().subList(0, shown), template, known);
    }

    private static String words(LabelModel label, TemplateModel template, Optional<Backbone> backbone) {
        return words(label.allWords(), template, backbone);
    }

    private static String words(List<LabelWord> words, TemplateModel template, Optional<Backbone> backbone) {
        return words.stream()
                .map(word -> '"' + Html.of(word.text()) + '"' + tokens(word, template, backbone))
                .collect(joining(", "));
    }

    private static String tokens(LabelWord word, TemplateModel template, Optional<Backbone> backbone) {
        return backbone.map(one ->
                        " as " + Html.code(WordTokens.of(word, template, one).shown()))
                .orElse("");
    }

    private static CodeBlock lengths(LengthBudget budget, String template, TaskKind kind) {
        CodeBlock.Builder lines = CodeBlock.builder()
                .add(
                        "\n<p>Of $L tokens $L takes $L ($L); these are never cut.",
                        budget.most(),
                        template,
                        budget.fixed(),
                        budget.described());
        budget.room()
                .ifPresent(room -> lines.add("\nBehind the longest input there is room to write $L tokens.", room));
        if (budget.guaranteed().isEmpty()) {
            return lines.add("\n").build();
        }
        lines.add(
                kind == TaskKind.EXTRACTION
                        ? "\nA long text whose spans are labelled is read in windows, and nothing of it is cut; in each there is room for at"
                                + "\nleast so many tokens of each placeholder:\n<ul>\n"
                        : "\nHowever long an input is, at least so many tokens of each placeholder are kept:\n<ul>\n");
        budget.guaranteed().forEach((path, tokens) -> lines.add("<li>$L: $L\n", path, tokens));
        return lines.add("</ul>\n").build();
    }
}
