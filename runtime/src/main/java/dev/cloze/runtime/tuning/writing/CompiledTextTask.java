package dev.cloze.runtime.tuning.writing;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import java.util.List;
import java.util.Map;

/** A generation task against one model: its template compiled, the room for its targets known. */
public final class CompiledTextTask {

    private final WritingTask task;
    private final ModelTemplate template;
    private final TargetEncoder targets;
    private final int positions;
    private final boolean shared;

    /**
     * @param positions of the text that is written
     * @param shared whether the prompt stands at the first of them
     */
    private CompiledTextTask(
            WritingTask task, ModelTemplate template, TargetEncoder targets, int positions, boolean shared) {
        this.task = task;
        this.template = template;
        this.targets = targets;
        this.positions = positions;
        this.shared = shared;
    }

    /** Checks the task against the model as the compiler does, with the same codes. */
    public static CompiledTextTask of(WritingTask task, LanguageModel model) {
        return behind(task, model, 0, 0);
    }

    /** The same with so many virtual tokens before all others, which count among the tokens of an input. */
    public static CompiledTextTask behindVirtual(WritingTask task, LanguageModel model, int virtual) {
        return behind(task, model, virtual, 0);
    }

    /** The same behind a prefix of that length, whose places count among the tokens of an input. */
    public static CompiledTextTask behindPrefix(WritingTask task, LanguageModel model, int prefix) {
        return behind(task, model, 0, prefix);
    }

    private static CompiledTextTask behind(WritingTask task, LanguageModel model, int virtual, int prefix) {
        requireWriting(model);
        model.requireHead();
        List<TemplatePart> parts =
                TaskTemplate.parse(task.template(), task.tuning().method());
        refuseMask(parts);
        requireSomethingToRead(parts);
        boolean shared = model.backbone().kind() == BackboneKind.DECODER;
        int wanted = task.tuning().maxLength();
        int most = model.longest(wanted);
        int usual = Tuning.USUAL_LENGTH + virtual;
        int length =
                model.inputLength(wanted, shared ? Math.max(0, Math.min(usual, most / 2 - prefix)) : usual, prefix);
        if (shared && length + prefix >= most) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "@Tuning(maxLength = " + wanted + ") leaves no position to write at: "
                            + model.folder().name() + " has " + most + " for the input and the text together."
                            + "\n  Write a smaller number, or none, for half of them.");
        }
        return new CompiledTextTask(
                task,
                ModelTemplate.of(parts, model, length).behindVirtual(virtual),
                new TargetEncoder(model, parts),
                most - prefix,
                shared);
    }

    private static void requireWriting(LanguageModel model) {
        if (!(model.backbone() instanceof TextBackbone)) {
            String name = model.folder().name();
            throw new ClozeException(
                    Problem.TUNING_BACKBONE_UNSUPPORTED,
                    "\"" + name + "\" writes no text: it is an encoder, which only fills masks."
                            + "\n  A task without {mask} and @Verbalizer has its model write what follows the template."
                            + "\n  Name a decoder or T5 in @Tuning(backbone = \"...\"), such as gpt2 or t5-small;"
                            + "\n  or, to classify, write {mask} in the template and @Verbalizer(labels = ...) on the"
                            + " class.");
        }
    }

    private static void refuseMask(List<TemplatePart> parts) {
        parts.stream().filter(TemplatePart.Mask.class::isInstance).findFirst().ifPresent(part -> {
            throw new ClozeException(
                    Problem.TASK_VERBALIZER_MISSING,
                    "{mask} at " + TemplateColumn.of(part, parts)
                            + " makes the task a classification, but it has no label words."
                            + "\n  Take the mask away to have text written after the template.");
        });
    }

    private static void requireSomethingToRead(List<TemplatePart> parts) {
        boolean nothing = parts.stream()
                .allMatch(part -> part instanceof TemplatePart.Separator
                        || (part instanceof TemplatePart.Text text
                                && text.text().isBlank()));
        if (nothing) {
            throw new ClozeException(
                    Problem.TEMPLATE_NO_PLACEHOLDER,
                    "The template is empty, and a model needs something to read before it can write."
                            + "\n  Write the text that is to be continued, with components of the class in braces:"
                            + " \"{title} In short:\".");
        }
    }

    /** The compiled template. */
    public ModelTemplate template() {
        return template;
    }

    /** The declaration. */
    public WritingTask task() {
        return task;
    }

    /** Tokens an encoded input may have. */
    public int maxLength() {
        return template.maxLength();
    }

    /** What the model reads before it writes: at least one token. */
    public EncodedText prompt(Map<String, String> input) {
        return template.encode(input, 0);
    }

    /** A pair as the model reads it, its target cut where there is no room for all of it. */
    public EncodedPair pair(ValuePair pair) {
        EncodedText prompt = prompt(pair.input());
        return targets.encode(prompt, pair.target(), shared ? positions - prompt.length() : positions);
    }
}
