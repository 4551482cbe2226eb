package dev.cloze.runtime.tuning.candidate;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.data.Word;
import dev.cloze.runtime.data.Words;
import dev.cloze.runtime.tuning.LabeledSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text whose runs of words are asked about.
 *
 * @param lengths tokens of each word
 */
record CandidateText(String text, List<Word> words, int[] lengths) {

    static CandidateText of(String text, CandidateReading reading) {
        List<Word> words = Words.of(text);
        int[] lengths = new int[words.size()];
        for (int i = 0; i < lengths.length; i++) {
            boolean spaced = i > 0 && !Words.touch(words.get(i - 1), words.get(i));
            String word = text.substring(words.get(i).start(), words.get(i).end());
            lengths[i] = reading.tokens(spaced ? " " + word : word);
        }
        return new CandidateText(text, words, lengths);
    }

    /** All runs of so many words at most, in the order of their first words, the shorter before the longer. */
    List<Candidate> candidates(int longest) {
        List<Candidate> candidates = new ArrayList<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + longest); to++) {
                candidates.add(new Candidate(from, to));
            }
        }
        return candidates;
    }

    /** The words of a span that begins and ends with one; {@code SPAN_TOO_LONG} where they are more than are asked about. */
    Candidate of(LabeledSpan span, int longest) {
        int from = 0;
        while (words.get(from).start() < span.start()) {
            from++;
        }
        int to = from + 1;
        while (words.get(to - 1).end() < span.end()) {
            to++;
        }
        if (to - from > longest) {
            throw new ClozeException(
                    Problem.SPAN_TOO_LONG,
                    "The span \"" + text.substring(span.start(), span.end()) + "\" has " + (to - from)
                            + " words, and spans of " + longest + " at most are asked about."
                            + "\n  It could never be found: write @Spans(longest = " + (to - from)
                            + "), or leave the span out.");
        }
        return new Candidate(from, to);
    }

    /** What stands there. */
    String text(Candidate candidate) {
        return text.substring(
                words.get(candidate.from()).start(),
                words.get(candidate.to() - 1).end());
    }

    /** The candidate's words with as many on both sides, in turn, as there are tokens for; all of the text where they fit. */
    String around(Candidate candidate, int room) {
        if (Arrays.stream(lengths).sum() <= room) {
            return text;
        }
        int from = candidate.from();
        int to = candidate.to();
        int taken = Arrays.stream(lengths, from, to).sum();
        for (boolean grown = true; grown; ) {
            grown = false;
            if (from > 0 && taken + lengths[from - 1] <= room) {
                taken += lengths[--from];
                grown = true;
            }
            if (to < lengths.length && taken + lengths[to] <= room) {
                taken += lengths[to++];
                grown = true;
            }
        }
        return text(new Candidate(from, to));
    }
}
