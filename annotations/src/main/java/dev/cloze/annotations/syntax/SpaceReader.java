package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.ArrayList;
import java.util.List;

/** Moves the white space of a template to the part it is encoded with, see {@link Spacing}. */
final class SpaceReader {

    private final Spacing spacing;
    private final List<SpacedPart> read = new ArrayList<>();
    private String space = "";
    private boolean taken;

    SpaceReader(Spacing spacing) {
        this.spacing = spacing;
    }

    List<SpacedPart> read(List<TemplatePart> parts) {
        parts.forEach(this::add);
        end(parts);
        return List.copyOf(read);
    }

    private void add(TemplatePart part) {
        if (part instanceof Text text) {
            add(text);
            return;
        }
        if (part instanceof Special special) {
            space = spacing.special().takesSpaceBefore(special.token()) ? "" : space;
            keep(space);
        } else if (part instanceof Mask && spacing.leftToRight()) {
            keep(Spacing.beforeWord(space));
        }
        read.add(new SpacedPart(space, part));
        space = "";
        taken = part instanceof Special special && spacing.special().takesSpaceBehind(special.token());
    }

    private void add(Text part) {
        String text = taken ? part.text().stripLeading() : part.text();
        String words = text.strip();
        if (words.isEmpty()) {
            space = text.isEmpty() ? space : text;
            return;
        }
        int begin = text.indexOf(words.charAt(0));
        read.add(new SpacedPart(begin == 0 ? space : text.substring(0, begin), new Text(words, part.column())));
        space = text.substring(begin + words.length());
        taken = false;
    }

    /** Gives the beginning of the white space to the text before it, with which it is encoded; false where there is none. */
    private boolean keep(String kept) {
        int last = read.size() - 1;
        if (last < 0 || !(read.get(last).part() instanceof Text before)) {
            return false;
        }
        Text longer = new Text(before.text() + kept, before.column());
        read.set(last, new SpacedPart(read.get(last).before(), longer));
        space = space.substring(kept.length());
        return true;
    }

    private void end(List<TemplatePart> parts) {
        boolean goesOn = spacing.leftToRight() && parts.stream().noneMatch(Mask.class::isInstance);
        if (goesOn || (spacing.asWritten() && !spacing.leftToRight())) {
            String kept = goesOn ? Spacing.beforeWord(space) : space;
            if (!keep(kept) && !kept.isEmpty()) {
                read.add(new SpacedPart(
                        space, new Text("", parts.get(parts.size() - 1).column())));
            }
        }
    }
}
