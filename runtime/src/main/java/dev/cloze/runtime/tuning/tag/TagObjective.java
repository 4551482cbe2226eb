package dev.cloze.runtime.tuning.tag;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * The cross-entropy of tags, a mean over words: of each its first token alone counts, as in transformers' token classifiers whose
 * further tokens have the label -100. B rows, M words of the longest, E hidden size, C tags.
 */
final class TagObjective implements Objective {

    private final Backbone backbone;
    private final Kernel kernel;
    private final Head head;
    private final TagExamples examples;

    private TagObjective(Backbone backbone, Kernel kernel, Head head, TagExamples examples) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.head = head;
        this.examples = examples;
    }

    static Plan of(Head head, TagExamples examples) {
        return (backbone, kernel) -> new TagObjective(backbone, kernel, head, examples);
    }

    /** Words, over which the loss of a step is a mean. */
    @Override
    public double weight(int[] members) {
        return Arrays.stream(members).map(i -> examples.tags().get(i).length).sum();
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        int[] lengths =
                Arrays.stream(batch).map(i -> examples.rows().get(i).length()).toArray();
        return backbone.buckets(lengths);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        PaddedRows rows = PaddedRows.of(
                Arrays.stream(members).mapToObj(examples.rows()::get).toList());
        NDArray states = backbone.states(scope, rows.rows(), StatePooling.PLACES, dropout, Injection.NONE); // (B, M, E)
        NDArray scores = head.scores(scope, states, dropout); // (B, M, C)
        NDArray flat = scores.reshape(new Shape(-1, scores.getShape().get(2)));
        flat.attach(scope);
        NDArray tags = scope.create(rows.padded(members, examples.tags()));
        return kernel.train(scope, "loss", flat, tags, Control.of(scope, share * factor));
    }

    /**
     * Rows that ask for equally many places.
     *
     * @param rows asking for M places each
     * @param most M
     */
    record PaddedRows(List<TokenRow> rows, int most) {

        /** What the loss leaves out. */
        private static final long IGNORED = -100;

        static PaddedRows of(List<TokenRow> rows) {
            List<TokenRow> alike = TokenRow.alike(rows);
            return new PaddedRows(alike, alike.get(0).asked().length);
        }

        /** The tags of the members, B times M of them. */
        long[] padded(int[] members, List<int[]> tags) {
            long[] flat = new long[members.length * most];
            Arrays.fill(flat, IGNORED);
            for (int r = 0; r < members.length; r++) {
                int[] own = tags.get(members[r]);
                for (int w = 0; w < own.length; w++) {
                    flat[r * most + w] = own[w];
                }
            }
            return flat;
        }
    }
}
