package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Label words as what a model that writes text writes at the mask. */
public final class WrittenWords {

    private final LanguageModel model;
    private final CompiledVerbalizer<?> verbalizer;
    private final boolean sentinel;
    private final List<Written> written;

    /** The words of this verbalizer, written by that model. */
    public WrittenWords(LanguageModel model, CompiledVerbalizer<?> verbalizer) {
        this.model = model;
        this.verbalizer = verbalizer;
        this.sentinel = model.backbone().kind() == BackboneKind.ENCODER_DECODER;
        this.written = written();
    }

    /**
     * What is read and written for one input, a row for each of {@link #weights}: a word is written where the text has a
     * mask for each of its tokens, so that a text that is cut loses as much as when its words are filled in one token after
     * the other.
     *
     * @param text the input with so many masks
     */
    public List<TextRow> rows(IntFunction<EncodedText> text) {
        Map<Integer, int[]> sources = new HashMap<>();
        List<TextRow> rows = new ArrayList<>();
        for (Written one : written) {
            int[] source = sources.computeIfAbsent(one.masks(), masks -> read(text.apply(masks)));
            rows.add(new TextRow(source, one.tokens()));
        }
        return rows;
    }

    /** The share of each row's log-probability in each label's score: [row][label]. */
    public float[][] weights() {
        return written.stream().map(Written::weights).toArray(float[][]::new);
    }

    /** What is written where so many masks stand, and its share of each label's score. */
    private record Written(int masks, int[] tokens, float[] weights) {}

    /** A label's score is the mean of its words'; a word's is divided by its tokens where that is the choice. */
    private List<Written> written() {
        List<Written> written = new ArrayList<>();
        Map<Integer, float[]> sentinels = new TreeMap<>();
        int[] counts = verbalizer.wordCounts();
        for (LabelWord word : verbalizer.words()) {
            float[] weights = new float[verbalizer.labels().size()];
            weights[word.label()] = 1f / ((long) counts[word.label()] * verbalizer.divisor(word));
            int masks = word.tokens().length;
            written.add(new Written(masks, tokens(word), weights));
            sentinels.computeIfAbsent(masks, any -> new float[weights.length])[word.label()] -= weights[word.label()];
        }
        // A word counts given its sentinel, whose probability differs with the text where that is cut.
        if (sentinel && sentinels.size() > 1) {
            int[] alone = {model.special().mask()};
            sentinels.forEach((masks, weights) -> written.add(new Written(masks, alone, weights)));
        }
        return written;
    }

    /** A decoder's text without its masks, which are its last tokens; an encoder-decoder's with one sentinel for all. */
    private int[] read(EncodedText text) {
        int[] masks = text.maskPositions();
        int from = masks[0] + (sentinel ? 1 : 0);
        int to = masks[masks.length - 1] + 1;
        return IntStream.range(0, text.length())
                .filter(at -> at < from || at >= to)
                .map(at -> text.ids()[at])
                .toArray();
    }

    /** An encoder-decoder repeats its sentinel before what it writes there. */
    private int[] tokens(LabelWord word) {
        IntStream tokens = IntStream.of(word.tokens());
        return (sentinel ? IntStream.concat(IntStream.of(model.special().mask()), tokens) : tokens).toArray();
    }
}
