package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.ModelVocabulary;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A template of a task against one model: compiled, its label words looked up. */
public final class CompiledTask {

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
        model.requireHead();
        ModelTemplate template = ModelTemplate.of(
                TaskTemplate.parse(declared.text(), task.tuning().method()),
                model,
                model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH));
        template.requireMask();
        CompiledVerbalizer<Object> verbalizer = CompiledVerbalizer.compile(
                declared.words(), task.multiTokenWords(), new ModelVocabulary(model), template.maskFollowsSpace());
        template.requireRoom(verbalizer.masks());
        return new CompiledTask(task, declared.text(), template, verbalizer);
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
        List<ProductIdentity.Label> labels = new ArrayList<>();
        for (int i = 0; i < verbalizer.labels().size(); i++) {
            int index = i;
            List<ProductIdentity.Word> words = verbalizer.words().stream()
                    .filter(word -> word.label() == index)
                    .map(word -> new ProductIdentity.Word(
                            word.text(), Arrays.stream(word.tokens()).boxed().toList()))
                    .toList();
            labels.add(
                    new ProductIdentity.Label(String.valueOf(verbalizer.labels().get(i)), words));
        }
        return new ProductIdentity.Template(text, labels);
    }

    /** Inputs as texts with so many masks. */
    public List<EncodedText> encode(List<Map<String, String>> inputs, int masks) {
        return inputs.stream().map(input -> template.encode(input, masks)).toList();
    }

    /** The text whose placeholders all have this content. */
    public EncodedText encodeContent(String content, int masks) {
        Map<String, String> values = new LinkedHashMap<>();
        task.placeholders().forEach(path -> values.put(path, content));
        return template.encode(values, masks);
    }
}
