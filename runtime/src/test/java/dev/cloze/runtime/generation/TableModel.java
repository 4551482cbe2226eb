package dev.cloze.runtime.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TargetAnswers;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.NativeMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A language model small enough to be searched whole: its logits are any function of the tokens so far. It computes every
 * row anew, so that a search that confuses rows is found out.
 */
final class TableModel implements TextBackbone {

    /** What was read and advanced, for tests of how a search behaves. */
    final List<String> calls = new ArrayList<>();

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final int vocabulary;
    private final int positions;
    private final int[] ends;
    private final Function<int[], float[]> logits;
    private int open;

    TableModel(int vocabulary, int positions, int[] ends, Function<int[], float[]> logits) {
        this.vocabulary = vocabulary;
        this.positions = positions;
        this.ends = ends;
        this.logits = logits;
    }

    /** A Markov chain over pairs of tokens with random logits; the token 0 ends a text. */
    static TableModel markov(int vocabulary, long seed) {
        return new TableModel(vocabulary, 1000, new int[] {0}, context -> {
            int last = context[context.length - 1];
            int other = context.length > 1 ? context[context.length - 2] : vocabulary;
            SplittableRandom random = new SplittableRandom(seed * 7919 + last * 131L + other);
            random.nextLong();
            float[] row = new float[vocabulary];
            for (int v = 0; v < vocabulary; v++) {
                row[v] = (float) (random.nextDouble() * 4 - 2);
            }
            return row;
        });
    }

    /** Writes after the first token of a prompt what stands at its place, then ends; the token 0 ends a text. */
    static TableModel scripted(int vocabulary, int[]... scripts) {
        return new TableModel(vocabulary, 1000, new int[] {0}, context -> {
            int[] script = scripts[context[0] - 1];
            float[] row = new float[vocabulary];
            int at = context.length - 1;
            row[at < script.length ? script[at] : 0] = 20;
            return row;
        });
    }

    float[] logits(int[] context) {
        return logits.apply(context);
    }

    /** How many decodings are open. */
    int open() {
        return open;
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        calls.add("read " + prompts.size());
        open++;
        return new TableDecoding(prompts);
    }

    private final class TableDecoding implements Decoding {
        private final NDManager scope = memory.newSubManager();
        private List<int[]> rows;
        private NDArray present;

        TableDecoding(List<int[]> prompts) {
            rows = prompts;
            present = compute();
        }

        private NDArray compute() {
            float[] flat = new float[rows.size() * vocabulary];
            for (int r = 0; r < rows.size(); r++) {
                System.arraycopy(logits.apply(rows.get(r)), 0, flat, r * vocabulary, vocabulary);
            }
            return scope.create(flat, new Shape(rows.size(), vocabulary));
        }

        @Override
        public NDArray logits() {
            return present;
        }

        @Override
        public int rows() {
            return rows.size();
        }

        @Override
        public void advance(int[] parents, int[] tokens) {
            List<int[]> next = new ArrayList<>();
            for (int r = 0; r < parents.length; r++) {
                int[] parent = rows.get(parents[r]);
                int[] row = Arrays.copyOf(parent, parent.length + 1);
                row[parent.length] = tokens[r];
                next.add(row);
            }
            rows = next;
            calls.add("advance " + next.size());
            present.close();
            present = compute();
        }

        @Override
        public long cacheBytes() {
            return 0;
        }

        @Override
        public void close() {
            open--;
            scope.close();
        }
    }

    @Override
    public int[] endTokens() {
        return ends;
    }

    @Override
    public BackboneShape shape() {
        return new BackboneShape(vocabulary, 1, 1, 1, 1, 1, positions, 0, 0);
    }

    @Override
    public ComputeDevice device() {
        return ComputeDevice.CPU;
    }

    @Override
    public NDManager memory() {
        return memory;
    }

    @Override
    public void close() {
        memory.close();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return Map.of();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return Map.of();
    }

    @Override
    public ClassifierHead classifier() {
        throw notATable();
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        throw notATable();
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        throw notATable();
    }

    @Override
    public TextBackbone trainableBody() {
        throw notATable();
    }

    @Override
    public TextBackbone trainableCopy() {
        throw notATable();
    }

    @Override
    public TextBackbone withWeights(Map<WeightSlot, NDArray> source) {
        throw notATable();
    }

    @Override
    public TextBackbone withWeights(Checkpoint checkpoint, String name) {
        throw notATable();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        throw notATable();
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        throw notATable();
    }

    @Override
    public float[][] wordVectors(int[] tokens) {
        throw notATable();
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        throw notATable();
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        throw notATable();
    }

    @Override
    public TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        throw notATable();
    }

    @Override
    public double[] targetLosses(List<TextRow> rows, Injection injection) {
        throw notATable();
    }

    private static UnsupportedOperationException notATable() {
        return new UnsupportedOperationException(
                "a table of next tokens has no weights and no states; generation asks for neither");
    }
}
