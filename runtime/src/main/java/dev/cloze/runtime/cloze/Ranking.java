package dev.cloze.runtime.cloze;

import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Words in the order of their scores. */
public final class Ranking {

    private Ranking() {}

    /**
     * The answer of an input.
     *
     * @param words in the order of the scores
     * @param most how many words it holds at most
     */
    public static ClozeAnswer of(LabelAnswer said, List<String> words, int most) {
        float[] scores = said.scores();
        float[] shares = said.probabilities();
        List<RankedWord> ranked = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer at) -> -scores[at]))
                .limit(most)
                .map(at -> new RankedWord(words.get(at), shares[at], scores[at]))
                .toList();
        return new ClozeAnswer(ranked, said.cut());
    }
}
