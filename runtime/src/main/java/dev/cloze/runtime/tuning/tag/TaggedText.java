package dev.cloze.runtime.tuning.tag;

import dev.cloze.runtime.data.Word;
import java.util.List;

/**
 * A text as the model reads it.
 *
 * @param words those of its words that are tokens to the model
 * @param windows in which it is read; none where it has no words
 */
record TaggedText(List<Word> words, List<TagWindow> windows) {

    /** Whether a part of another placeholder was left out for want of room. */
    boolean cut() {
        return windows.stream().anyMatch(TagWindow::cut);
    }
}
