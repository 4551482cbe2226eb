package dev.cloze.runtime;

import java.util.Locale;

/**
 * How well a pipeline writes; {@link #toString} is a line to be read.
 *
 * @param bleu BLEU of all texts taken together, 0 to 100, as sacrebleu computes it
 * @param rougeL the mean F of ROUGE-L, 0 to 100, as Google's rouge_score computes it
 * @param chrF chrF of all texts taken together, 0 to 100, as sacrebleu computes it
 * @param perplexity how many tokens the model wavers between at each place of the right texts, in the mean; 1 at best
 * @param cutShare the share of pairs whose input or text was too long and lost a part, 0 to 1
 * @param n the inputs; pairs of equal inputs count once, their texts all being right
 */
public record TextEvaluation(double bleu, double rougeL, double chrF, double perplexity, double cutShare, int n) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "BLEU %.2f, ROUGE-L %.2f, chrF %.2f, perplexity %.3f, cut pairs %.1f%%, n %d",
                bleu,
                rougeL,
                chrF,
                perplexity,
                100 * cutShare,
                n);
    }
}
