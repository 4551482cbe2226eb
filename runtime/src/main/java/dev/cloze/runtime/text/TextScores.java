package dev.cloze.runtime.text;

import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.metric.Bleu;
import dev.cloze.runtime.metric.ChrF;
import dev.cloze.runtime.metric.Perplexity;
import dev.cloze.runtime.metric.RougeL;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.ValuePair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a session on pairs; those of equal inputs are several right texts for one. */
final class TextScores<I> {

    private final TextSession<I> session;

    /** The measures of this session, which stays open while it is used. */
    public TextScores(TextSession<I> session) {
        this.session = session;
    }

    /** The perplexity of the pairs' targets. */
    public double perplexity(List<TextPair<I>> pairs) {
        return perplexityOf(likelihood(pairs));
    }

    /** All measures, of texts written with these options. */
    public TextEvaluation evaluate(List<TextPair<I>> pairs, GenerationOptions options) {
        List<ValuePair> values = InputPairs.of(session.task(), pairs, "pair");
        TextProduct.Likelihood likelihood = session.product().likelihood(values);
        double perplexity = perplexityOf(likelihood);
        // By what the model reads of an input: a class may have no equals.
        Map<Map<String, String>, List<String>> byInput = new LinkedHashMap<>();
        List<I> inputs = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (!byInput.containsKey(values.get(i).input())) {
                inputs.add(pairs.get(i).input());
            }
            byInput.computeIfAbsent(values.get(i).input(), input -> new ArrayList<>())
                    .add(pairs.get(i).target());
        }
        List<String> written = session.write(inputs, options, GenerationListener.NONE).stream()
                .map(texts -> texts.get(0).text())
                .toList();
        List<List<String>> references = List.copyOf(byInput.values());
        return new TextEvaluation(
                Bleu.corpus(written, references),
                100 * RougeL.mean(written, references),
                ChrF.corpus(written, references),
                perplexity,
                (double) likelihood.cut() / pairs.size(),
                byInput.size());
    }

    private TextProduct.Likelihood likelihood(List<TextPair<I>> pairs) {
        return session.product().likelihood(InputPairs.of(session.task(), pairs, "pair"));
    }

    private static double perplexityOf(TextProduct.Likelihood likelihood) {
        return Perplexity.of(likelihood.loss(), likelihood.tokens());
    }
}
