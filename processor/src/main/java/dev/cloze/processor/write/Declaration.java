package dev.cloze.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.PlaceholderModel;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.model.SpansModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.model.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The value of a pipeline's {@code TASK}: one builder call a line, and a method for each path of several components. */
final class Declaration {

    private static final ClassName TUNING = ClassName.get("dev.cloze.runtime.spi", "TaskTuning");

    private final TaskModel task;
    private final Kind kind;
    private final ClassName input;
    private final NameAllocator names = new NameAllocator();
    private final List<MethodSpec> paths = new ArrayList<>();
    private final CodeBlock code;

    Declaration(TaskModel task, Kind kind) {
        this.task = task;
        this.kind = kind;
        this.input = ClassName.get(task.type());
        kind.doors().forEach(names::newName);
        this.code = build();
    }

    CodeBlock code() {
        return code;
    }

    List<MethodSpec> paths() {
        return paths;
    }

    private CodeBlock build() {
        CodeBlock.Builder lines = CodeBlock.builder().add("$T.of($L)$>$>", kind.task(), kind.typeLiterals());
        task.templates().forEach(template -> lines.add("\n.template($L)", template(template)));
        for (PlaceholderModel placeholder : task.placeholders()) {
            lines.add("\n.placeholder($S, $L)", placeholder.path(), reading(placeholder));
        }
        task.verbalizer().ifPresent(verbalizer -> addTo(lines, verbalizer));
        task.scale().ifPresent(scale -> addTo(lines, scale));
        task.spans().ifPresent(spans -> addTo(lines, spans));
        task.candidates().ifPresent(candidates -> addTo(lines, candidates));
        return lines.add("\n.tuning($L)", tuning(task.tuning()))
                .add("\n.build()$<$<")
                .build();
    }

    /** The text and, where it has words of its own, a map from the labels to them; there may be more labels than Map.of takes. */
    private CodeBlock template(TemplateModel template) {
        CodeBlock text = CodeBlock.of("$S", template.text());
        if (template.words().isEmpty()) {
            return text;
        }
        ClassName label = ClassName.get(task.verbalizer().orElseThrow().type());
        CodeBlock entries = template.words().get().stream()
                .map(one -> CodeBlock.of(
                        "\n$T.entry($T.$L, $T.of($L))", Map.class, label, one.name(), List.class, words(one)))
                .collect(CodeBlock.joining(","));
        return CodeBlock.of("$L,$>$>\n$T.ofEntries($>$>$L)$<$<$<$<", text, Map.class, entries);
    }

    private static CodeBlock words(LabelModel label) {
        return label.allWords().stream()
                .map(word -> CodeBlock.of("$S", word.text()))
                .collect(CodeBlock.joining(", "));
    }

    private static void addTo(CodeBlock.Builder lines, VerbalizerModel verbalizer) {
        ClassName label = ClassName.get(verbalizer.type());
        for (LabelModel one : verbalizer.labels()) {
            CodeBlock words = one.allWords().isEmpty() ? CodeBlock.of("") : CodeBlock.of(", $L", words(one));
            lines.add("\n.label($T.$L$L)", label, one.name(), words);
        }
        choices(lines, verbalizer.multiTokenWords(), verbalizer.calibration());
    }

    private static void addTo(CodeBlock.Builder lines, ScaleModel scale) {
        CodeBlock poles = scale.poles().stream().map(Declaration::words).collect(CodeBlock.joining(", "));
        lines.add("\n.scale($L, $L, $L)", scale.from().value(), scale.to().value(), poles);
        choices(lines, scale.multiTokenWords(), scale.calibration());
    }

    private static void addTo(CodeBlock.Builder lines, SpansModel spans) {
        lines.add(
                "\n.spans($L, $L, $L)",
                spans.longest().value(),
                spans.negatives().value(),
                words(spans.none()));
    }

    private static void addTo(CodeBlock.Builder lines, CandidatesModel candidates) {
        if (!candidates.isOpen()) {
            CodeBlock words = candidates.words().stream()
                    .map(word -> CodeBlock.of("$S", word.text()))
                    .collect(CodeBlock.joining(",$W"));
            lines.add("\n.candidates($>$>$L$<$<)", words);
        }
        choices(lines, candidates.multiTokenWords(), Calibration.NONE);
    }

    private static void choices(CodeBlock.Builder lines, MultiTokenWords multiTokenWords, Calibration calibration) {
        if (multiTokenWords != MultiTokenWords.JOINT) {
            lines.add("\n.multiTokenWords($T.$L)", MultiTokenWords.class, multiTokenWords);
        }
        if (calibration != Calibration.NONE) {
            lines.add("\n.calibration($T.$L)", Calibration.class, calibration);
        }
    }

    private CodeBlock reading(PlaceholderModel placeholder) {
        Accessor first = placeholder.accessors().get(0);
        if (placeholder.accessors().size() > 1) {
            MethodSpec path = PathMethod.of(placeholder, input, names);
            paths.add(path);
            return CodeBlock.of("$T::$L", dev.cloze.processor.model.Names.pipelineOf(task.type()), path.name());
        }
        return first.kind() == Accessor.Kind.METHOD
                ? CodeBlock.of("$T::$L", input, first.member())
                : CodeBlock.of("input -> input.$L", first.call());
    }

    private static CodeBlock tuning(TuningModel tuning) {
        Written<String> backbone = tuning.backbone();
        // The default is the runtime's to choose, which may be asked for the quick model.
        CodeBlock named = backbone.isWritten() ? CodeBlock.of(", $S", backbone.value()) : CodeBlock.of("");
        CodeBlock.Builder lines =
                CodeBlock.builder().add("$T.of($T.$L$L)$>$>", TUNING, TuningMethod.class, tuning.method(), named);
        tuning.written().forEach(option -> lines.add("\n.with($S, $L)", option.name(), literal(option.value())));
        return lines.add("$<$<").build();
    }

    private static CodeBlock literal(Object value) {
        if (value instanceof List<?> list) {
            CodeBlock elements = list.stream().map(Declaration::literal).collect(CodeBlock.joining(", "));
            return CodeBlock.of("$T.of($L)", List.class, elements);
        }
        if (value instanceof String text) {
            return CodeBlock.of("$S", text);
        }
        return value instanceof Enum<?> constant
                ? CodeBlock.of("$T.$L", constant.getDeclaringClass(), constant.name())
                : CodeBlock.of("$L", value);
    }
}
