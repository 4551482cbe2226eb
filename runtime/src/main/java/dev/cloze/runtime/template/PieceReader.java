package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import java.util.ArrayList;
import java.util.List;

/** Makes template parts ready for encoding: moves whitespace to the part behind it and encodes what is fixed. */
final class PieceReader {

    private final TextEncoder encoder;
    private final List<TemplatePiece> pieces = new ArrayList<>();
    private String space = "";

    private PieceReader(TextEncoder encoder) {
        this.encoder = encoder;
    }

    static List<TemplatePiece> read(List<TemplatePart> parts, TextEncoder encoder) {
        PieceReader reader = new PieceReader(encoder);
        parts.forEach(reader::add);
        return List.copyOf(reader.pieces);
    }

    private void add(TemplatePart part) {
        if (part instanceof TemplatePart.Text text) {
            addText(text.text());
        } else {
            pieces.add(piece(part, space));
            space = "";
        }
    }

    private void addText(String text) {
        String words = text.strip();
        if (words.isEmpty()) {
            space = text.isEmpty() ? space : text;
            return;
        }
        int begin = text.indexOf(words.charAt(0));
        String before = begin == 0 ? space : text.substring(0, begin);
        pieces.add(new TemplatePiece.Words(
                before, words, encoder.encode(words, true), encoder.encode(before + words, false)));
        space = text.substring(begin + words.length());
    }

    private TemplatePiece piece(TemplatePart part, String before) {
        if (part instanceof TemplatePart.Placeholder placeholder) {
            return slot(placeholder, before);
        }
        if (part instanceof TemplatePart.Soft soft) {
            String text = soft.initialText();
            int count = text == null ? soft.count() : encoder.encode(text, false).length;
            return new TemplatePiece.Virtual(before, count);
        }
        return part instanceof TemplatePart.Mask ? new TemplatePiece.Masks(before) : new TemplatePiece.Boundary(before);
    }

    private static TemplatePiece.Slot slot(TemplatePart.Placeholder placeholder, String before) {
        int limit = Integer.MAX_VALUE;
        for (Filter filter : placeholder.filters()) {
            if (filter instanceof Filter.Limit most) {
                limit = Math.min(limit, most.tokens());
            }
        }
        List<Filter> filters = placeholder.filters();
        return new TemplatePiece.Slot(
                before,
                placeholder.path(),
                filters,
                limit,
                filters.contains(Filter.Plain.HEAD),
                filters.contains(Filter.Plain.FIXED));
    }
}
