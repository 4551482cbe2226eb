package dev.cloze.processor.model;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.TypeElement;

/**
 * A task as its class says it: a classification, which has a verbalizer, or one that has text written, which has none.
 *
 * @param type the task class
 * @param templates its templates, at least one
 * @param components the names of all components a template of the class could name, sorted
 * @param placeholders the components the templates name and the class has, each once, in the order of first use
 * @param verbalizer its labels and their words; nothing where text is to be written
 * @param tuning its tuning options
 */
public record TaskModel(
        TypeElement type,
        List<TemplateModel> templates,
        List<String> components,
        List<PlaceholderModel> placeholders,
        Optional<VerbalizerModel> verbalizer,
        TuningModel tuning) {

    public TaskModel {
        templates = List.copyOf(templates);
        components = List.copyOf(components);
        placeholders = List.copyOf(placeholders);
    }

    /** Whether the model is to write a text after the template, rather than to choose a label at the mask. */
    public boolean isText() {
        return verbalizer.isEmpty();
    }

    /** The labels with the words they have in this template; none where text is to be written. */
    public List<LabelModel> labels(TemplateModel template) {
        return template.words()
                .or(() -> verbalizer.map(VerbalizerModel::labels))
                .orElse(List.of());
    }

    /** The templates that could be parsed. */
    public List<TemplateModel> parsed() {
        return templates.stream().filter(one -> one.parts().isPresent()).toList();
    }

    /** What the task asks of its model. */
    public TaskKind kind() {
        return isText() ? TaskKind.TEXT : TaskKind.CLASSIFICATION;
    }

    /** What its tuning method is for this kind of task; nothing where it doesn't serve it, which is reported. */
    public Optional<MethodTraits> method() {
        return MethodTable.find(tuning.method(), kind());
    }

    /** Whether labels are chosen by their words at the mask, so that there must be both. */
    public boolean readsWords() {
        return method().map(MethodTraits::readsWords).orElse(!isText());
    }

    /** The name in messages: {@code Review}, or {@code Shop.Review} when nested. */
    public String name() {
        return Names.of(type);
    }

    /** The class itself, for what is wrong with it as a whole. */
    public Place place() {
        return Place.of(type);
    }
}
