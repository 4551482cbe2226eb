package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.ModelVocabulary;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelNames;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** A template of a task against one model: compiled, its label words looked up. */
public final class CompiledTask implements InputEncoding {

    private final LabelTask task;
    private final String text;
    private final ModelTemplate template;
    private final CompiledVerbalizer<Object> verbalizer;

    private CompiledTask(LabelTask task, String text, ModelTemplate template, CompiledVerbalizer<Object> verbalizer) {
        this.task = task;
        this.text = text;
        this.template = template;
        this.verbalizer = verbalizer;
    }

    /** Checks a template of the task against the model as the compiler does, with the same codes. */
    public static CompiledTask of(LabelTask task, DeclaredTemplate<Object> declared, LanguageModel model) {
        return of(task, declared, model, UnaryOperator.identity(), Tuning.USUAL_LENGTH);
    }

    /** The same behind a prefix of that length, whose places count among the tokens of an input. */
    public static CompiledTask behindPrefix(
            LabelTask task, DeclaredTemplate<Object> declared, LanguageModel model, int prefix) {
        int length = model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH, prefix);
        return compiled(task, declared, model, UnaryOperator.identity(), length);
    }

    /**
     * The same with so many virtual tokens before all others, which count among the tokens of an input.
     *
     * @throws dev.cloze.problem.ClozeException also {@code TEMPLATE_TOO_LONG} where they leave no room for the template
     */
    public static CompiledTask behindVirtual(
            LabelTask task, DeclaredTemplate<Object> declared, LanguageModel model, int virtual) {
        CompiledTask alone = of(task, declared, model, UnaryOperator.identity(), Tuning.USUAL_LENGTH + virtual);
        ModelTemplate template = alone.template.behindVirtual(virtual);
        template.requireRoom(alone.verbalizer.masks());
        return new CompiledTask(task, alone.text, template, alone.verbalizer);
    }

    /**
     * The same with something changed.
     *
     * @param change of the template's parts
     * @param usual tokens of an input where the task wants no other number and the model can read as much
     */
    public static CompiledTask of(
            LabelTask task,
            DeclaredTemplate<Object> declared,
            LanguageModel model,
            UnaryOperator<List<TemplatePart>> change,
            int usual) {
        return compiled(
                task, declared, model, change, model.inputLength(task.tuning().maxLength(), usual));
    }

    private static CompiledTask compiled(
            LabelTask task,
            DeclaredTemplate<Object> declared,
            LanguageModel model,
            UnaryOperator<List<TemplatePart>> change,
            int length) {
        model.requireHead();
        List<TemplatePart> parts =
                TaskTemplate.parse(declared.text(), task.tuning().method());
        AskingTemplate.check(declared.text(), parts, task);
        ModelTemplate template = ModelTemplate.of(change.apply(parts), model, length);
        CompiledVerbalizer<Object> verbalizer =
                verbalizer(task, declared, new ModelVocabulary(model), template.maskFollowsSpace());
        template.requireRoom(verbalizer.masks());
        return new CompiledTask(task, declared.text(), template, verbalizer);
    }

    private static CompiledVerbalizer<Object> verbalizer(
            LabelTask task, DeclaredTemplate<Object> declared, LabelVocabulary vocabulary, boolean afterSpace) {
        if (!task.ofWords()) {
            return CompiledVerbalizer.compile(declared.words(), task.multiTokenWords(), vocabulary, afterSpace);
        }
        return task.labels().isEmpty()
                ? CompiledVerbalizer.open(vocabulary, afterSpace)
                : CompiledVerbalizer.ofCandidates(
                        task.labels().stream().map(String::valueOf).toList(),
                        task.multiTokenWords(),
                        vocabulary,
                        afterSpace);
    }

    /** The same, asked about other words, each of which stands for itself. */
    public CompiledTask withCandidates(List<String> words, LanguageModel model) {
        CompiledVerbalizer<Object> others = CompiledVerbalizer.ofCandidates(
                words, task.multiTokenWords(), new ModelVocabulary(model), template.maskFollowsSpace());
        template.requireRoom(others.masks());
        return new CompiledTask(task, text, template, others);
    }

    /** The label that a word stands for; empty where it stands for none. */
    public OptionalInt labelOf(String word, LanguageModel model) {
        return verbalizer.labelOf(word, new ModelVocabulary(model), template.maskFollowsSpace());
    }

    /** The declaration. */
    public LabelTask task() {
        return task;
    }

    /** The compiled template. */
    public ModelTemplate template() {
        return template;
    }

    /** The compiled verbalizer. */
    public CompiledVerbalizer<Object> verbalizer() {
        return verbalizer;
    }

    /** What a saved pipeline says of the template. */
    public ProductIdentity.Template identity() {
        if (verbalizer.isOpen()) {
            return new ProductIdentity.Template(text, List.of()); // the tokenizer tells them
        }
        List<List<ProductIdentity.Word>> words = new ArrayList<>();
        verbalizer.labels().forEach(label -> words.add(new ArrayList<>()));
        verbalizer.words().forEach(word -> words.get(word.label())
                .add(new ProductIdentity.Word(
                        word.text(), Arrays.stream(word.tokens()).boxed().toList())));
        List<ProductIdentity.Label> labels = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            labels.add(
                    new ProductIdentity.Label(LabelNames.of(verbalizer.labels().get(i)), words.get(i)));
        }
        return new ProductIdentity.Template(text, labels);
    }

    /** Inputs as texts with so many masks. */
    public List<EncodedText> encode(List<Map<String, String>> inputs, int masks) {
        return inputs.stream().map(input -> template.encode(input, masks)).toList();
    }

    @Override
    public IntFunction<List<List<EncodedText>>> of(List<Map<String, String>> inputs) {
        return masks -> encode(inputs, masks).stream().map(List::of).toList();
    }

    /** The input whose placeholders all have this content. */
    public Map<String, String> content(String content) {
        Map<String, String> values = new LinkedHashMap<>();
        task.placeholders().forEach(path -> values.put(path, content));
        return values;
    }
}
