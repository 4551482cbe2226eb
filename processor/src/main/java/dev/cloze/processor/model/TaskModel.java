package dev.cloze.processor.model;

import dev.cloze.processor.report.Place;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A classification task as its class says it.
 *
 * @param type the task class
 * @param template its template
 * @param placeholders the components the template names and the class has, each once, in the order of first use
 * @param verbalizer its labels and their words
 * @param tuning its tuning options
 */
public record TaskModel(
        TypeElement type,
        TemplateModel template,
        List<PlaceholderModel> placeholders,
        VerbalizerModel verbalizer,
        TuningModel tuning) {

    public TaskModel {
        placeholders = List.copyOf(placeholders);
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
