package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import java.util.List;
import java.util.Map;

/**
 * What members are trained on and by, and what they are together.
 *
 * @param <K> a task as methods see it
 * @param <P> what is made of it
 */
interface MemberKind<K, P extends Product> {

    /** What a training is made of, by which one that is done is known again. */
    Map<String, String> inputs(K task, TrainingOptions options);

    /** Tunes one. */
    TuningResult<P> tune(K task, TuningRequest<P> request);

    /** Reads one that was tuned and saved. */
    P read(K task, SavedProduct saved);

    /** Takes over those that were trained, one at least. */
    P together(List<EnsembleMember<P>> members, Tally tally);
}
