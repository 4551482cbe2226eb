package dev.cloze.processor.validate;

import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Nothing stands behind the mask where the backbone reads from left to right: it would not be seen. */
public final class MaskPlaceValidator implements Validator {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public MaskPlaceValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        finder.of(task)
                .filter(backbone -> task.readsWords() && backbone.writesBehindInput())
                .ifPresent(decoder -> task.templates().forEach(template -> check(template, decoder, report)));
    }

    private static void check(TemplateModel template, Backbone decoder, Report report) {
        List<Mask> masks = template.all(Mask.class);
        // Of several masks all but the first are reported already.
        if (masks.size() != 1) {
            return;
        }
        firstBehind(masks.get(0), template)
                .ifPresent(column -> report.error(
                        template.place(),
                        Message.MASK_NOT_LAST,
                        template.at(masks.get(0).column()),
                        decoder.name(),
                        decoder.modelType().orElse(""),
                        WHITE_SPACE
                                .matcher(template.text().substring(column - 1).strip())
                                .replaceAll(" ")));
    }

    /** The column of the first part behind the mask that is not white space. */
    private static Optional<Integer> firstBehind(Mask mask, TemplateModel template) {
        return template.parts().orElse(List.of()).stream()
                .filter(part -> part.column() > mask.column())
                .filter(part -> !(part instanceof Text text && text.text().isBlank()))
                .map(TemplatePart::column)
                .findFirst();
    }
}
