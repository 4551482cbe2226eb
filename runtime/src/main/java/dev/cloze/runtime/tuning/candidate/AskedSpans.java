package dev.cloze.runtime.tuning.candidate;

import dev.cloze.runtime.data.Words;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabeledSpan;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.ScoredSpan;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Inputs as questions about spans, and answers to these as spans. */
final class AskedSpans {

    private final CandidateReading reading;
    private final int longest;
    private final int noLabel;

    AskedSpans(CandidateReading reading) {
        this.reading = reading;
        this.longest = reading.task().spans().longest();
        this.noLabel = reading.task().labels().labels().size();
    }

    /**
     * All questions about some inputs.
     *
     * @param values of each question
     * @param texts of each input
     * @param candidates of each input
     */
    record Questions(List<Map<String, String>> values, List<CandidateText> texts, List<List<Candidate>> candidates) {}

    /** How many questions there are about an input. */
    int count(Map<String, String> input) {
        int words = Words.of(input.getOrDefault(reading.task().path(), "")).size();
        return IntStream.range(0, words)
                .map(from -> Math.min(longest, words - from))
                .sum();
    }

    Questions all(List<Map<String, String>> inputs) {
        Questions questions = new Questions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Map<String, String> input : inputs) {
            CandidateText text = reading.text(input);
            List<Candidate> candidates = text.candidates(longest);
            questions.texts().add(text);
            questions.candidates().add(candidates);
            candidates.forEach(one -> questions.values().add(reading.values(input, text, one)));
        }
        return questions;
    }

    /**
     * What is learned from examples: their spans, and for each of them so many runs of words without a label, drawn from all that
     * the text has; from a text without spans as many as for one.
     *
     * @param seed of the training: the same draws the same
     */
    LabeledValues learned(SpanValues examples, long seed) {
        List<Map<String, String>> inputs = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            Map<String, String> input = examples.inputs().get(i);
            CandidateText text = reading.text(input);
            List<Candidate> others = text.candidates(longest);
            for (LabeledSpan span : examples.spans().get(i)) {
                Candidate candidate = text.of(span, longest);
                others.remove(candidate);
                inputs.add(reading.values(input, text, candidate));
                labels.add(span.label());
            }
            int spans = Math.max(1, examples.spans().get(i).size());
            int wanted = (int) Math.ceil(spans * reading.task().spans().negatives());
            for (Candidate candidate : drawn(others, wanted, new Random(RandomStream.SPANS.seed(seed, i)))) {
                inputs.add(reading.values(input, text, candidate));
                labels.add(noLabel);
            }
        }
        return new LabeledValues(
                inputs, labels.stream().mapToInt(label -> label).toArray());
    }

    private static List<Candidate> drawn(List<Candidate> from, int count, Random random) {
        List<Candidate> left = new ArrayList<>(from);
        for (int i = 0; i < Math.min(count, left.size()); i++) {
            int other = i + random.nextInt(left.size() - i);
            Candidate drawn = left.get(other);
            left.set(other, left.get(i));
            left.set(i, drawn);
        }
        return left.subList(0, Math.min(count, left.size()));
    }

    /** The answers to all questions as spans of each input. */
    List<SpanAnswer> spans(Questions questions, List<LabelAnswer> answers) {
        List<SpanAnswer> spans = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < questions.texts().size(); i++) {
            List<Candidate> candidates = questions.candidates().get(i);
            List<LabelAnswer> own = answers.subList(next, next + candidates.size());
            next += candidates.size();
            spans.add(new SpanAnswer(
                    chosen(questions.texts().get(i), candidates, own),
                    own.stream().anyMatch(LabelAnswer::cut)));
        }
        return spans;
    }

    private record Choice(Candidate candidate, int label, double probability) {}

    /** Those with a label, the most probable first, as far as none of their words has one already. */
    private List<ScoredSpan> chosen(CandidateText text, List<Candidate> candidates, List<LabelAnswer> answers) {
        List<Choice> labelled = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            int best = answers.get(c).best();
            if (best != noLabel) {
                labelled.add(new Choice(candidates.get(c), best, answers.get(c).probabilities()[best]));
            }
        }
        labelled.sort(Comparator.comparingDouble(Choice::probability).reversed());
        List<Choice> chosen = new ArrayList<>();
        for (Choice one : labelled) {
            if (chosen.stream().noneMatch(other -> other.candidate().overlaps(one.candidate()))) {
                chosen.add(one);
            }
        }
        chosen.sort(Comparator.comparingInt(one -> one.candidate().from()));
        return chosen.stream().map(one -> scored(text, one)).toList();
    }

    private static ScoredSpan scored(CandidateText text, Choice choice) {
        LabeledSpan span = new LabeledSpan(
                text.words().get(choice.candidate().from()).start(),
                text.words().get(choice.candidate().to() - 1).end(),
                choice.label());
        return new ScoredSpan(span, choice.probability());
    }
}
