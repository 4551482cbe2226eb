package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ensemble.EnsembleMember;
import dev.cloze.runtime.tuning.ensemble.EnsembleProduct;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Models of several templates as a product that answers with all of them. */
final class PatternEnsemble {

    private PatternEnsemble() {}

    /** The models with the weights they left. */
    public static LabelProduct of(PatternRun run, List<PatternModel> models, double[] weights) {
        List<EnsembleMember<LabelProduct>> members = new ArrayList<>();
        try {
            for (int i = 0; i < models.size(); i++) {
                members.add(new EnsembleMember<>(member(run, models.get(i)), weights[i]));
            }
            return EnsembleProduct.of(members);
        } catch (RuntimeException | Error e) {
            members.forEach(member -> member.product().close());
            throw e;
        }
    }

    private static MaskProduct member(PatternRun run, PatternModel trained) {
        Path file = trained.step().file(PatternModel.WEIGHTS);
        CompiledTask pattern = run.pattern(trained.pattern());
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            Backbone tuned = run.model().backbone().withWeights(checkpoint, file.toString());
            var lease = run.model().shared();
            try {
                return MaskProduct.of(lease, pattern, tuned);
            } catch (RuntimeException | Error e) {
                lease.close(); // which a product that could not be made leaves to its caller
                throw e;
            }
        }
    }
}
