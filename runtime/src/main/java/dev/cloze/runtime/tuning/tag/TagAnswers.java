package dev.cloze.runtime.tuning.tag;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.tuning.LabeledSpan;
import dev.cloze.runtime.tuning.ScoredSpan;
import dev.cloze.runtime.tuning.SpanAnswer;
import dev.cloze.runtime.tuning.SpanAnswers;
import dev.cloze.runtime.tuning.head.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Finds spans by a head that tags tokens: the most probable tag of each word, read as {@link BioTags#chunks}. */
final class TagAnswers implements SpanAnswers {

    /** Inputs encoded at a time: enough for batches of like length, few enough for a list of any size. */
    private static final int CHUNK = 256;

    private final TagReading reading;
    private final Backbone backbone;
    private final Head head;
    private final IntUnaryOperator present;

    /**
     * Answers of that head; backbone and head stay the caller's.
     *
     * @param present the task's label for each of the head's
     */
    TagAnswers(TagReading reading, Backbone backbone, Head head, IntUnaryOperator present) {
        this.reading = reading;
        this.backbone = backbone;
        this.head = head;
        this.present = present;
    }

    @Override
    public List<SpanAnswer> answer(List<Map<String, String>> inputs) {
        List<SpanAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            List<TaggedText> texts = inputs.subList(from, Math.min(inputs.size(), from + CHUNK)).stream()
                    .map(reading::read)
                    .toList();
            List<TagWindow> windows =
                    texts.stream().flatMap(text -> text.windows().stream()).toList();
            float[][][] scores = scores(windows);
            int next = 0;
            for (TaggedText text : texts) {
                double[][] words = new double[text.words().size()][];
                for (TagWindow window : text.windows()) {
                    float[][] own = scores[next++];
                    for (int w = 0; w < own.length; w++) {
                        words[window.first() + w] = probabilities(own[w]);
                    }
                }
                answers.add(new SpanAnswer(spans(text, words), text.cut()));
            }
        }
        return answers;
    }

    /** For each window, the scores (M, C) of its own words. */
    private float[][][] scores(List<TagWindow> windows) {
        float[][][] scores = new float[windows.size()][][];
        if (windows.isEmpty()) {
            return scores;
        }
        List<TokenRow> rows = windows.stream().map(TagWindow::row).toList();
        // By length alone: a batch's rows are padded to ask for equally many places.
        for (int[] bucket : backbone.buckets(TokenRow.alike(rows))) {
            TagObjective.PaddedRows padded = TagObjective.PaddedRows.of(
                    Arrays.stream(bucket).mapToObj(rows::get).toList());
            float[] flat = score(padded.rows()); // (B, M, C)
            int tags = reading.tags();
            for (int r = 0; r < bucket.length; r++) {
                float[][] own = new float[windows.get(bucket[r]).words()][];
                for (int w = 0; w < own.length; w++) {
                    int at = (r * padded.most() + w) * tags;
                    own[w] = Arrays.copyOfRange(flat, at, at + tags);
                }
                scores[bucket[r]] = own;
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows) {
        try (NDManager scope = backbone.memory().newSubManager()) {
            NDArray states = backbone.states(scope, rows, StatePooling.PLACES);
            return head.scores(scope, states).toFloatArray();
        }
    }

    private double[] probabilities(float[] scores) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int tag = 0; tag < scores.length; tag++) {
            FiniteScores.require(
                    scores[tag],
                    tag == BioTags.OUTSIDE
                            ? "words outside of all spans"
                            : "the label "
                                    + reading.task().labels().labels().get(present.applyAsInt(BioTags.label(tag))));
            highest = Math.max(highest, scores[tag]);
        }
        double[] probabilities = new double[scores.length];
        double sum = 0;
        for (int tag = 0; tag < scores.length; tag++) {
            probabilities[tag] = Math.exp(scores[tag] - highest);
            sum += probabilities[tag];
        }
        for (int tag = 0; tag < scores.length; tag++) {
            probabilities[tag] /= sum;
        }
        return probabilities;
    }

    private List<ScoredSpan> spans(TaggedText text, double[][] words) {
        int[] tags = Arrays.stream(words).mapToInt(TagAnswers::best).toArray();
        List<ScoredSpan> spans = new ArrayList<>();
        for (BioTags.Chunk chunk : BioTags.chunks(tags)) {
            LabeledSpan span = new LabeledSpan(
                    text.words().get(chunk.from()).start(),
                    text.words().get(chunk.to() - 1).end(),
                    present.applyAsInt(chunk.label()));
            spans.add(new ScoredSpan(span, probability(words, tags, chunk)));
        }
        return spans;
    }

    /** Of the tags of these words, and of a next word that does not go on, as tags don't depend on each other. */
    private static double probability(double[][] words, int[] tags, BioTags.Chunk chunk) {
        double probability = 1;
        for (int i = chunk.from(); i < chunk.to(); i++) {
            probability *= words[i][tags[i]];
        }
        return chunk.to() == words.length
                ? probability
                : probability * (1 - words[chunk.to()][BioTags.further(chunk.label())]);
    }

    /** The first of the most probable. */
    private static int best(double[] probabilities) {
        int best = 0;
        for (int tag = 1; tag < probabilities.length; tag++) {
            best = probabilities[tag] > probabilities[best] ? tag : best;
        }
        return best;
    }
}
