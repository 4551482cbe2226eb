package dev.cloze.runtime.classification;

import dev.cloze.runtime.backbone.BackboneKind;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.WordTargets;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Label words as what a model that writes text writes at the mask. */
final class WrittenWords {

    private final LanguageModel model;
    private final CompiledVerbalizer<?> verbalizer;

    WrittenWords(LanguageModel model, CompiledVerbalizer<?> verbalizer) {
        this.model = model;
        this.verbalizer = verbalizer;
    }

    /** The words of every text of one mask. */
    WordTargets targets(List<EncodedText> texts) {
        return new WordTargets(texts.stream().map(this::rows).toList(), weights());
    }

    private List<TextRow> rows(EncodedText text) {
        boolean sentinel = model.backbone().kind() == BackboneKind.ENCODER_DECODER;
        // A decoder writes where the mask stands, at the end; an encoder-decoder reads its sentinel and repeats it.
        int[] read = sentinel ? text.ids() : Arrays.copyOf(text.ids(), text.length() - 1);
        int[] before = sentinel ? new int[] {model.special().mask()} : new int[0];
        return verbalizer.words().stream()
                .map(word -> new TextRow(
                        read,
                        IntStream.concat(Arrays.stream(before), Arrays.stream(word.tokens()))
                                .toArray()))
                .toList();
    }

    /** A label's score is the mean of its words'. */
    private float[][] weights() {
        List<LabelWord> words = verbalizer.words();
        float[][] weights = new float[words.size()][verbalizer.labels().size()];
        for (int w = 0; w < weights.length; w++) {
            int label = words.get(w).label();
            long siblings = words.stream().filter(word -> word.label() == label).count();
            weights[w][label] = 1f / siblings;
        }
        return weights;
    }
}
