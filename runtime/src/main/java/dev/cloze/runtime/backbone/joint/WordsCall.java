package dev.cloze.runtime.backbone.joint;

import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;

/** Asks for the scores of words, see {@link dev.cloze.runtime.backbone.Backbone#scores}: [row][place][word]. */
final class WordsCall extends Call<float[][][]> {

    final List<TokenRow> rows;
    final int[] words;
    final boolean normalise;
    final Injection injection;

    WordsCall(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        this.rows = rows;
        this.words = words;
        this.normalise = normalise;
        this.injection = injection;
    }

    /** What calls of one batch have in common. */
    Object kind() {
        return List.of(normalise, words.length == 0);
    }
}
