package dev.cloze.processor.model;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;

/**
 * A task as its class says it: a classification, which has a verbalizer, a labelling of spans, which marks a text too, a
 * regression, which has a scale, a cloze, which has candidates, or one that has text written, which has none of them.
 *
 * @param type the task class
 * @param templates its templates, at least one
 * @param components the names of all components a template of the class could name, sorted
 * @param placeholders the components the templates name and the class has, each once, in the order of first use
 * @param verbalizer its labels and their words; nothing unless labels are to be chosen
 * @param scale its scale and its words; nothing unless a number is to be given
 * @param spans which spans are asked about; nothing where that is not written
 * @param candidates the words it ranks; nothing unless words are to be ranked
 * @param tuning its tuning options
 */
public record TaskModel(
        TypeElement type,
        List<TemplateModel> templates,
        List<String> components,
        List<PlaceholderModel> placeholders,
        Optional<VerbalizerModel> verbalizer,
        Optional<ScaleModel> scale,
        Optional<SpansModel> spans,
        Optional<CandidatesModel> candidates,
        TuningModel tuning) {

    public TaskModel {
        templates = List.copyOf(templates);
        components = List.copyOf(components);
        placeholders = List.copyOf(placeholders);
    }

    /** Whether the model is to write a text after the template, rather than to answer at the mask. */
    public boolean isText() {
        return kind() == TaskKind.TEXT;
    }

    /**
     * The labels with the words they have in this template, that of spans without a label last, the two ends of the scale, or the
     * candidates, each a label of its own; none where text is to be written.
     */
    public List<LabelModel> labels(TemplateModel template) {
        List<LabelModel> labels = template.words()
                .or(() -> verbalizer.map(VerbalizerModel::labels))
                .or(() -> scale.map(ScaleModel::poles))
                .or(() -> candidates.map(CandidatesModel::labels))
                .orElse(List.of());
        return spans.map(asked ->
                        Stream.concat(labels.stream(), Stream.of(asked.none())).toList())
                .orElse(labels);
    }

    /** What becomes of words of several tokens; nothing where text is to be written. */
    public Optional<MultiTokenWords> multiTokenWords() {
        return verbalizer
                .map(VerbalizerModel::multiTokenWords)
                .or(() -> scale.map(ScaleModel::multiTokenWords))
                .or(() -> candidates.map(CandidatesModel::multiTokenWords));
    }

    /** The templates that could be parsed. */
    public List<TemplateModel> parsed() {
        return templates.stream().filter(one -> one.parts().isPresent()).toList();
    }

    /** What the task asks of its model. */
    public TaskKind kind() {
        if (scale.isPresent()) {
            return TaskKind.REGRESSION;
        }
        if (templates.stream().anyMatch(TemplateModel::marksText)) {
            return TaskKind.EXTRACTION;
        }
        if (candidates.isPresent()) {
            return TaskKind.CLOZE;
        }
        return verbalizer.isPresent() ? TaskKind.CLASSIFICATION : TaskKind.TEXT;
    }

    /** What its tuning method is for this kind of task; nothing where it doesn't serve it, which is reported. */
    public Optional<MethodTraits> method() {
        return MethodTable.find(tuning.method(), kind());
    }

    /** Whether it is answered by words at the mask, so that there must be both. */
    public boolean readsWords() {
        return method().map(MethodTraits::readsWords).orElse(!isText() && kind() != TaskKind.EXTRACTION);
    }

    /** Whether there is something to answer with before its method is trained. */
    public boolean answersUntrained() {
        return method().map(MethodTraits::untrained).orElse(false);
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
