package dev.cloze.processor.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.processor.model.Accessor;
import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.PlaceholderModel;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.model.SpansModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.model.VerbalizerModel;
import dev.cloze.processor.model.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The value of a pipeline's {@code TASK}: one builder call a line, and a method for each path of several components.
 *
 * <p>A task of many lines or words is put together by methods of some of them each: javac goes through a chain of calls by
 * recursion, and no method has more than 64 kB.
 */
final class Declaration {

    private static final ClassName TUNING = ClassName.get("dev.cloze.runtime.spi", "TaskTuning");

    /** So many lines, or words in them, are a chain of calls; what has more is put together in parts of so many. */
    private static final int LINES = 200;

    private static final int WORDS = 2_000;

    /** Entries that javac infers the types of in no time: it takes the cube of their number. */
    private static final int ENTRIES = 50;

    /** Names that fields and parameters of what is written have, and hide types by. */
    private static final Set<String> HIDDEN = Set.of("TASK", "task", "words");

    /** A builder's call, with how many words there are in it. */
    private record Line(CodeBlock call, int words) {}

    private final TaskModel task;
    private final Kind kind;
    private final ClassName input;
    private final NameAllocator names = new NameAllocator();
    private final List<Line> lines = new ArrayList<>();
    private final List<MethodSpec> methods = new ArrayList<>();
    private final CodeBlock value;

    Declaration(TaskModel task, Kind kind) {
        this.task = task;
        this.kind = kind;
        this.input = ClassName.get(task.type());
        kind.doors().forEach(names::newName);
        collect();
        this.value = isLarge() ? inParts() : chain();
    }

    CodeBlock value() {
        return value;
    }

    /** What the value calls. */
    List<MethodSpec> methods() {
        return methods;
    }

    private void collect() {
        task.templates()
                .forEach(template -> add(
                        template.words().stream()
                                .flatMap(List::stream)
                                .mapToInt(Declaration::count)
                                .sum(),
                        "template($L)",
                        template(template)));
        for (PlaceholderModel placeholder : task.placeholders()) {
            add(0, "placeholder($S, $L)", placeholder.path(), reading(placeholder));
        }
        task.verbalizer().ifPresent(this::add);
        task.scale().ifPresent(this::add);
        task.spans().ifPresent(this::add);
        task.candidates().ifPresent(this::add);
        add(0, "tuning($L)", tuning(task.tuning()));
    }

    private void add(int words, String call, Object... arguments) {
        lines.add(new Line(CodeBlock.of(call, arguments), words));
    }

    private static int count(LabelModel label) {
        return label.allWords().size();
    }

    private boolean isLarge() {
        return lines.size() > LINES || lines.stream().mapToInt(Line::words).sum() > WORDS;
    }

    private CodeBlock chain() {
        CodeBlock.Builder chain = CodeBlock.builder().add("$T.of($L)$>$>", kind.task(), kind.typeLiterals());
        lines.forEach(line -> chain.add("\n.$L", line.call()));
        return chain.add("\n.build()$<$<").build();
    }

    private CodeBlock inParts() {
        TypeName builder = kind.of(kind.task().nestedClass("Builder"));
        MethodSpec.Builder whole = MethodSpec.methodBuilder(names.newName("task"))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(kind.of(kind.task()))
                .addStatement("$T task = $T.of($L)", builder, kind.task(), kind.typeLiterals());
        for (List<Line> part : parts()) {
            MethodSpec.Builder method = MethodSpec.methodBuilder(names.newName("part"))
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addParameter(builder, "task");
            part.forEach(line -> method.addStatement("task.$L", line.call()));
            MethodSpec written = method.build();
            methods.add(written);
            whole.addStatement("$L(task)", written.name());
        }
        methods.add(whole.addStatement("return task.build()").build());
        return CodeBlock.of("$L()", methods.get(methods.size() - 1).name());
    }

    private List<List<Line>> parts() {
        List<List<Line>> parts = new ArrayList<>();
        int words = 0;
        for (Line line : lines) {
            boolean full =
                    parts.isEmpty() || parts.get(parts.size() - 1).size() == LINES || words + line.words() > WORDS;
            if (full) {
                parts.add(new ArrayList<>());
                words = 0;
            }
            parts.get(parts.size() - 1).add(line);
            words += line.words();
        }
        return parts;
    }

    /** The text and, where it has words of its own, a map from the labels to them; there may be more labels than Map.of takes. */
    private CodeBlock template(TemplateModel template) {
        CodeBlock text = CodeBlock.of("$S", template.text());
        if (template.words().isEmpty()) {
            return text;
        }
        ClassName label = ClassName.get(task.verbalizer().orElseThrow().type());
        if (template.words().get().size() > ENTRIES) {
            MethodSpec words = words(label, template.words().get());
            methods.add(words);
            return CodeBlock.of("$L, $L()", text, words.name());
        }
        CodeBlock entries = template.words().get().stream()
                .map(one -> CodeBlock.of(
                        "\n$T.entry($L, $T.of($L))", Map.class, constant(label, one), List.class, words(one)))
                .collect(CodeBlock.joining(","));
        return CodeBlock.of("$L,$>$>\n$T.ofEntries($>$>$L)$<$<$<$<", text, Map.class, entries);
    }

    private static CodeBlock constant(ClassName type, LabelModel label) {
        return isHidden(type)
                ? CodeBlock.of("$T.valueOf($T.class, $S)", Enum.class, type, label.name())
                : CodeBlock.of("$T.$L", type, label.name());
    }

    private static boolean isHidden(ClassName type) {
        return HIDDEN.contains(type.simpleNames().get(0));
    }

    private MethodSpec words(ClassName label, List<LabelModel> labels) {
        TypeName map = ParameterizedTypeName.get(
                ClassName.get(Map.class), label, ParameterizedTypeName.get(List.class, String.class));
        MethodSpec.Builder method = MethodSpec.methodBuilder(names.newName("words"))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(map)
                .addStatement("$T words = new $T<>()", map, LinkedHashMap.class);
        labels.forEach(
                one -> method.addStatement("words.put($L, $T.of($L))", constant(label, one), List.class, words(one)));
        return method.addStatement("return words").build();
    }

    private static CodeBlock words(LabelModel label) {
        return label.allWords().stream()
                .map(word -> CodeBlock.of("$S", word.text()))
                .collect(CodeBlock.joining(", "));
    }

    private void add(VerbalizerModel verbalizer) {
        ClassName label = ClassName.get(verbalizer.type());
        for (LabelModel one : verbalizer.labels()) {
            CodeBlock words = count(one) == 0 ? CodeBlock.of("") : CodeBlock.of(", $L", words(one));
            add(count(one), "label($L$L)", constant(label, one), words);
        }
        choices(verbalizer.multiTokenWords(), verbalizer.calibration());
    }

    private void add(ScaleModel scale) {
        CodeBlock poles = scale.poles().stream().map(Declaration::words).collect(CodeBlock.joining(", "));
        add(0, "scale($L, $L, $L)", scale.from().value(), scale.to().value(), poles);
        choices(scale.multiTokenWords(), scale.calibration());
    }

    private void add(SpansModel spans) {
        add(
                count(spans.none()),
                "spans($L, $L, $L)",
                spans.longest().value(),
                spans.negatives().value(),
                words(spans.none()));
    }

    private void add(CandidatesModel candidates) {
        List<LabelWord> all = candidates.isOpen() ? List.of() : candidates.words();
        for (int from = 0; from < all.size(); from += WORDS) {
            List<LabelWord> some = all.subList(from, Math.min(all.size(), from + WORDS));
            CodeBlock words =
                    some.stream().map(word -> CodeBlock.of("$S", word.text())).collect(CodeBlock.joining(",$W"));
            add(some.size(), "candidates($>$>$L$<$<)", words);
        }
        choices(candidates.multiTokenWords(), candidates.calibration());
    }

    private void choices(MultiTokenWords multiTokenWords, Calibration calibration) {
        if (multiTokenWords != MultiTokenWords.JOINT) {
            add(0, "multiTokenWords($T.$L)", MultiTokenWords.class, multiTokenWords);
        }
        if (calibration != Calibration.NONE) {
            add(0, "calibration($T.$L)", Calibration.class, calibration);
        }
    }

    private CodeBlock reading(PlaceholderModel placeholder) {
        Accessor first = placeholder.accessors().get(0);
        if (placeholder.accessors().size() > 1) {
            MethodSpec path = PathMethod.of(placeholder, input, names);
            methods.add(path);
            return CodeBlock.of("$T::$L", dev.cloze.processor.model.Names.pipelineOf(task.type()), path.name());
        }
        return first.kind() == Accessor.Kind.METHOD && !isHidden(input)
                ? CodeBlock.of("$T::$L", input, first.member().getSimpleName())
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
