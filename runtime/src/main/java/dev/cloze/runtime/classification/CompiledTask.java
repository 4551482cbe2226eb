package dev.cloze.runtime.classification;

import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.ModelVocabulary;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.template.PlaceholderValues;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task against one model: its template compiled, its label words looked up. */
public final class CompiledTask<I, L> {

    private final ClassificationTask<I, L> task;
    private final ModelTemplate template;
    private final CompiledVerbalizer<L> verbalizer;

    private CompiledTask(ClassificationTask<I, L> task, ModelTemplate template, CompiledVerbalizer<L> verbalizer) {
        this.task = task;
        this.template = template;
        this.verbalizer = verbalizer;
    }

    /** Checks the task against the model as the compiler does, with the same codes. */
    public static <I, L> CompiledTask<I, L> of(ClassificationTask<I, L> task, LanguageModel model) {
        ModelTemplate template = ModelTemplate.of(
                TaskTemplate.parse(task.template(), task.tuning().method()),
                model,
                model.inputLength(task.tuning().maxLength(), Tuning.USUAL_LENGTH));
        template.requireMask();
        CompiledVerbalizer<L> verbalizer = CompiledVerbalizer.compile(
                task.labels(), task.multiTokenWords(), new ModelVocabulary(model), template.maskFollowsSpace());
        template.requireRoom(verbalizer.masks());
        return new CompiledTask<>(task, template, verbalizer);
    }

    /** The declaration. */
    public ClassificationTask<I, L> task() {
        return task;
    }

    /** The compiled template. */
    public ModelTemplate template() {
        return template;
    }

    /** The compiled verbalizer. */
    public CompiledVerbalizer<L> verbalizer() {
        return verbalizer;
    }

    /** The inputs as texts with so many masks. */
    public List<EncodedText> encode(List<? extends @Nullable I> inputs, int masks) {
        return inputs.stream().map(input -> encode(input, masks)).toList();
    }

    /** One input as a text with so many masks. */
    public EncodedText encode(@Nullable I input, int masks) {
        return template.encode(PlaceholderValues.of(input, task.placeholders()), masks);
    }

    /** The text whose placeholders all have this content. */
    public EncodedText encodeContent(String content, int masks) {
        Map<String, String> values = new LinkedHashMap<>();
        task.placeholders().keySet().forEach(path -> values.put(path, content));
        return template.encode(values, masks);
    }
}
