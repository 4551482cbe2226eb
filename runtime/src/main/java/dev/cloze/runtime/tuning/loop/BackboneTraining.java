package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A training that ends with a backbone, whatever of it was trained. */
public interface BackboneTraining extends WeightTraining {

    /** What the present weights make, without gradients, in memory of its own; the caller closes it. */
    Backbone tuned();

    /** What is made of copies of all that is trained, which take no gradients and are gone afterwards. */
    <T> T tuned(Function<Map<WeightSlot, NDArray>, T> make);

    /** A training whose objective is yet to be told. */
    @FunctionalInterface
    interface Plan {

        /**
         * The training, ready to begin; the caller closes it.
         *
         * @param devScore how good a backbone is on the development set
         * @param more what is trained too, and stays the caller's
         */
        BackboneTraining of(
                Objective.Plan objective,
                TrainingOptions options,
                ToDoubleFunction<Backbone> devScore,
                List<WeightGroup> more);

        /** What it starts from that the options name by its place alone, such as a file: by name, as it is now. */
        default Map<String, String> identity(TrainingOptions options) {
            return Map.of();
        }

        /** The same where nothing else is trained. */
        default BackboneTraining of(
                Objective.Plan objective, TrainingOptions options, ToDoubleFunction<Backbone> devScore) {
            return of(objective, options, devScore, List.of());
        }

        /** All weights of a copy of a backbone. */
        static Plan ofAllWeights(Backbone source) {
            return (objective, options, devScore, more) ->
                    new FullTuning(source.trainableCopy(), Map.of(), more, objective, options, devScore);
        }
    }
}
