package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.SpacedPart;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.vocabulary.AddedTokens;
import java.util.Arrays;
import java.util.List;

/** Makes template parts ready for encoding: looks up what is fixed. */
final class PieceReader {

    private final TextEncoder encoder;
    private final AddedTokens tokens;

    private PieceReader(TextEncoder encoder, AddedTokens tokens) {
        this.encoder = encoder;
        this.tokens = tokens;
    }

    static List<TemplatePiece> read(List<SpacedPart> parts, TextEncoder encoder, AddedTokens tokens) {
        PieceReader reader = new PieceReader(encoder, tokens);
        return parts.stream().map(reader::piece).toList();
    }

    private TemplatePiece piece(SpacedPart spaced) {
        TemplatePart part = spaced.part();
        if (part instanceof TemplatePart.Text) {
            return new TemplatePiece.Words(spaced);
        }
        if (part instanceof TemplatePart.Placeholder placeholder) {
            return slot(spaced, placeholder);
        }
        if (part instanceof TemplatePart.Special special) {
            return new TemplatePiece.Special(spaced, tokens.id(special.token()).orElseThrow());
        }
        if (part instanceof TemplatePart.Soft soft) {
            return new TemplatePiece.Virtual(spaced, start(soft));
        }
        return part instanceof TemplatePart.Mask ? new TemplatePiece.Masks(spaced) : new TemplatePiece.Boundary(spaced);
    }

    private int[] start(TemplatePart.Soft soft) {
        String text = soft.initialText();
        if (text != null) {
            return encoder.encode(text, false);
        }
        int[] none = new int[soft.count()];
        Arrays.fill(none, -1);
        return none;
    }

    private static TemplatePiece.Slot slot(SpacedPart spaced, TemplatePart.Placeholder placeholder) {
        int limit = Integer.MAX_VALUE;
        for (Filter filter : placeholder.filters()) {
            if (filter instanceof Filter.Limit most) {
                limit = Math.min(limit, most.tokens());
            }
        }
        List<Filter> filters = placeholder.filters();
        return new TemplatePiece.Slot(
                spaced,
                placeholder.path(),
                limit,
                filters.contains(Filter.Plain.HEAD),
                filters.contains(Filter.Plain.FIXED));
    }
}
