package dev.cloze.vocabulary;

import dev.cloze.vocabulary.Pattern.Span;
import java.util.ArrayList;
import java.util.List;

/** What becomes of the delimiters when a text is split. */
enum Behavior {
    REMOVED("Removed"),
    ISOLATED("Isolated"),
    CONTIGUOUS("Contiguous"),
    MERGED_WITH_PREVIOUS("MergedWithPrevious"),
    MERGED_WITH_NEXT("MergedWithNext");

    private final String written;

    Behavior(String written) {
        this.written = written;
    }

    static Behavior of(String written) {
        for (Behavior behavior : values()) {
            if (behavior.written.equals(written)) {
                return behavior;
            }
        }
        throw Unreadable.unsupported("the behavior of a split", written);
    }

    /** The parts the text is split into, in order. */
    List<Span> arrange(List<Span> spans) {
        return switch (this) {
            case REMOVED -> spans.stream().filter(span -> !span.delimiter()).toList();
            case ISOLATED -> spans;
            case CONTIGUOUS, MERGED_WITH_PREVIOUS, MERGED_WITH_NEXT -> join(spans);
        };
    }

    private List<Span> join(List<Span> spans) {
        List<Span> joined = new ArrayList<>();
        boolean before = false;
        for (Span span : spans) {
            if (!joined.isEmpty() && belongTogether(before, span.delimiter())) {
                Span last = joined.remove(joined.size() - 1);
                joined.add(new Span(last.start(), span.end(), span.delimiter()));
            } else {
                joined.add(span);
            }
            before = span.delimiter();
        }
        return joined;
    }

    /** Of two delimiters in a row only one is merged with the text beside them. */
    private boolean belongTogether(boolean before, boolean now) {
        return switch (this) {
            case CONTIGUOUS -> before == now;
            case MERGED_WITH_PREVIOUS -> !before && now;
            case MERGED_WITH_NEXT -> before && !now;
            case REMOVED, ISOLATED -> false;
        };
    }
}
