package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.engine.Kernel;
import java.util.Arrays;
import java.util.List;

/** Label scores by the log-probability with which a backbone writes each word, of however many tokens. */
final class WrittenScores implements LabelScores {

    private final TextBackbone backbone;
    private final Kernel kernel;
    private final ExampleRows<List<TextRow>> rows;
    private final NDArray matrix;

    WrittenScores(TextBackbone backbone, Kernel kernel, WrittenWords words, ExampleTexts texts) {
        this(
                backbone,
                kernel,
                ExampleRows.of(texts, (part, text) -> words.rows(text)),
                backbone.memory().create(words.weights()));
    }

    private WrittenScores(TextBackbone backbone, Kernel kernel, ExampleRows<List<TextRow>> rows, NDArray matrix) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.rows = rows;
        this.matrix = matrix;
    }

    @Override
    public LabelScores drawn(int[] batch, long seed) {
        return new WrittenScores(backbone, kernel, rows.drawn(batch, seed), matrix);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        int[] lengths = Arrays.stream(batch)
                .map(example ->
                        rows.of(0, example).stream().mapToInt(TextRow::length).sum())
                .toArray();
        return backbone.buckets(lengths);
    }

    @Override
    public NDArray of(NDManager scope, int[] members, Dropout dropout) {
        List<TextRow> written = Arrays.stream(members)
                .mapToObj(example -> rows.of(0, example))
                .flatMap(List::stream)
                .toList();
        NDArray losses = backbone.targetLoss(scope, written, dropout, Injection.NONE);
        NDArray scores = losses.neg().reshape(members.length, -1, 1); // (B, words, 1)
        return kernel.train(scope, "project", scores, matrix);
    }
}
