package dev.cloze.runtime.text;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.metric.Bleu;
import dev.cloze.runtime.metric.ChrF;
import dev.cloze.runtime.metric.Perplexity;
import dev.cloze.runtime.metric.RougeL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a session on pairs; those of equal inputs are several right texts for one. */
public final class TextScores<I> {

    private final TextSession<I> session;

    /** The measures of this session, which stays open while it is used. */
    public TextScores(TextSession<I> session) {
        this.session = session;
    }

    /** The perplexity of the pairs' targets. */
    public double perplexity(List<TextPair<I>> pairs) {
        return perplexityOf(encoded(pairs));
    }

    /** All measures, of texts written with these options. */
    public TextEvaluation evaluate(List<TextPair<I>> pairs, GenerationOptions options) {
        List<EncodedPair> encoded = encoded(pairs);
        double perplexity = perplexityOf(encoded);
        Map<I, List<String>> byInput = new LinkedHashMap<>();
        pairs.forEach(pair -> byInput.computeIfAbsent(pair.input(), input -> new ArrayList<>())
                .add(pair.target()));
        List<String> written = new TextWriter<>(session)
                .write(List.copyOf(byInput.keySet()), options).stream()
                        .map(texts -> texts.get(0))
                        .map(Generated::text)
                        .toList();
        List<List<String>> references = List.copyOf(byInput.values());
        long cut = encoded.stream().filter(EncodedPair::cut).count();
        return new TextEvaluation(
                Bleu.corpus(written, references),
                100 * RougeL.mean(written, references),
                ChrF.corpus(written, references),
                perplexity,
                (double) cut / encoded.size(),
                byInput.size());
    }

    private List<EncodedPair> encoded(List<TextPair<I>> pairs) {
        return pairs.stream().map(session.compiled()::pair).toList();
    }

    private double perplexityOf(List<EncodedPair> pairs) {
        TargetLikelihood likelihood =
                new TargetLikelihood(pairs.stream().map(EncodedPair::row).toList());
        return Perplexity.of(likelihood.loss(session.backbone()), likelihood.tokens());
    }
}
