package dev.cloze.processor.model;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.processor.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A template as written and as parsed.
 *
 * @param number its place among the task's templates, from 1
 * @param parts nothing when the text breaks the grammar, which then is reported already
 * @param words its own label words, in the order of the enum's constants; nothing where it has those of the task
 * @param place the template's text
 */
public record TemplateModel(
        int number, String text, Optional<List<TemplatePart>> parts, Optional<List<LabelModel>> words, Place place) {

    /** Where this column of its text is, in the words of messages. */
    public String at(int column) {
        return TemplateColumn.in(text, column);
    }

    /** The same with these words. */
    public TemplateModel withWords(List<LabelModel> own) {
        return new TemplateModel(number, text, parts, Optional.of(List.copyOf(own)), place);
    }

    /**
     * The same as methods read it that ask no words at the mask: its placeholders and the boundaries between segments that have
     * some, a space between all of them.
     */
    public TemplateModel placeholdersAlone() {
        List<TemplatePart> read = new ArrayList<>();
        boolean boundary = false;
        for (TemplatePart part : parts.orElse(List.of())) {
            boundary |= part instanceof TemplatePart.Separator && !read.isEmpty();
            if (part instanceof TemplatePart.Placeholder) {
                if (!read.isEmpty()) {
                    read.add(new TemplatePart.Text(" ", part.column()));
                }
                if (boundary) {
                    read.add(new TemplatePart.Separator(part.column()));
                    read.add(new TemplatePart.Text(" ", part.column()));
                    boundary = false;
                }
                read.add(part);
            }
        }
        return new TemplateModel(number, text, Optional.of(List.copyOf(read)), words, place);
    }

    /** The parts of this kind, in order; none when the text breaks the grammar. */
    public <T extends TemplatePart> List<T> all(Class<T> kind) {
        return parts.orElse(List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Whether the spans of this placeholder's text are labelled. */
    public static boolean isText(TemplatePart.Placeholder placeholder) {
        return placeholder.filters().contains(Filter.Plain.SPANS);
    }

    /** The paths of the texts whose spans are labelled, in order; where the text breaks the grammar, none. */
    public List<String> texts() {
        return all(TemplatePart.Placeholder.class).stream()
                .filter(TemplateModel::isText)
                .map(TemplatePart.Placeholder::path)
                .toList();
    }

    /** Whether spans of a text are labelled; where the text breaks the grammar, whether it looks as if that was meant. */
    public boolean marksText() {
        return parts.isPresent() ? !texts().isEmpty() : text.contains("|" + Filter.Plain.SPANS.written());
    }

    /** Whether there is a mask; where the text breaks the grammar, whether it looks as if one was meant. */
    public boolean hasMask() {
        return parts.isPresent() ? !all(TemplatePart.Mask.class).isEmpty() : text.contains("{mask");
    }
}
