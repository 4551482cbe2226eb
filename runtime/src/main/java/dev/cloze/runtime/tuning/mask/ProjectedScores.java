package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Kernel;
import java.util.Arrays;
import java.util.List;

/** Label scores by what is said at the masks, see {@link LabelProjection}. */
final class ProjectedScores implements LabelScores {

    private final Backbone backbone;
    private final Kernel kernel;
    private final List<LabelProjection> projections;
    private final List<NDArray> matrices;
    private final ExampleRows<TokenRow> rows;

    /** @param rows the parts are the projections */
    ProjectedScores(Backbone backbone, Kernel kernel, List<LabelProjection> projections, ExampleRows<TokenRow> rows) {
        this(
                backbone,
                kernel,
                projections,
                rows,
                projections.stream()
                        .map(projection -> matrix(projection, backbone.memory()))
                        .toList());
    }

    private static NDArray matrix(LabelProjection projection, NDManager memory) {
        return projection.isPlain() ? memory.zeros(new Shape(0)) : memory.create(projection.weights());
    }

    private ProjectedScores(
            Backbone backbone,
            Kernel kernel,
            List<LabelProjection> projections,
            ExampleRows<TokenRow> rows,
            List<NDArray> matrices) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.projections = projections;
        this.rows = rows;
        this.matrices = matrices;
    }

    @Override
    public LabelScores drawn(int[] batch, long seed) {
        return new ProjectedScores(backbone, kernel, projections, rows.drawn(batch, seed), matrices);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return backbone.buckets(rows(0, batch));
    }

    @Override
    public NDArray of(NDManager scope, int[] members, Dropout dropout) {
        NDArray sum = scope.zeros(new Shape(members.length, 1));
        for (int p = 0; p < projections.size(); p++) {
            LabelProjection projection = projections.get(p);
            Dropout own = new Dropout(dropout.hidden(), dropout.attention(), dropout.seed() + (p << 12));
            NDArray said = backbone.logits(
                    scope, rows(p, members), projection.tokens(), projection.normalised(), own, Injection.NONE);
            NDArray scores = projection.isPlain()
                    ? said.reshape(members.length, -1) // (B, 1, W)
                    : kernel.train(scope, "project", said, matrices.get(p));
            sum = p == 0 ? scores : sum.add(scores);
        }
        return sum;
    }

    private List<TokenRow> rows(int projection, int[] members) {
        return Arrays.stream(members)
                .mapToObj(example -> rows.of(projection, example))
                .toList();
    }
}
