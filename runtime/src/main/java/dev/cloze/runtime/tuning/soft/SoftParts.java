package dev.cloze.runtime.tuning.soft;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * What a soft training is of.
 *
 * @param base the backbone below
 * @param joint whether that is a copy of the training's own, which takes gradients, rather than one that stays as it is and
 *     that others share
 * @param prompt what gives the vectors
 * @param form how they reach the backbone
 * @param groups all that is trained, prompt and copy included, in groups that are trained alike
 * @param dropout whether the backbone drops out at its published rates
 */
public record SoftParts(
        Backbone base, boolean joint, SoftPrompt prompt, SoftForm form, List<WeightGroup> groups, boolean dropout) {

    public SoftParts {
        groups = List.copyOf(groups);
    }

    /** A prompt alone, trained by AdamW as the options say, on a backbone that stays as it is. */
    public static SoftParts frozen(Backbone shared, SoftPrompt prompt, SoftForm form, TrainingOptions options) {
        return new SoftParts(shared, false, prompt, form, List.of(WeightGroup.of(prompt.weights(), options)), false);
    }

    /**
     * A prompt and a copy of a backbone, trained by AdamW as the options say; the backbone drops out as published.
     *
     * @param rate of the copy's weights, times the prompt's
     */
    public static SoftParts joint(
            Backbone source, SoftPrompt prompt, SoftForm form, TrainingOptions options, double rate) {
        Backbone copy;
        try {
            copy = source.trainableCopy();
        } catch (RuntimeException | Error e) {
            prompt.close(); // which nobody has taken over yet
            throw e;
        }
        List<WeightGroup> groups = List.of(
                WeightGroup.of(prompt.weights(), options),
                WeightGroup.of(copy.weights(), rate, options.weightDecay(), options));
        return new SoftParts(copy, true, prompt, form, groups, true);
    }

    /** The same with something more that is trained, such as a head. */
    public SoftParts with(WeightGroup group) {
        return with(List.of(group));
    }

    /** The same with more groups of what is trained. */
    public SoftParts with(List<WeightGroup> others) {
        List<WeightGroup> more = new ArrayList<>(groups);
        more.addAll(others);
        return new SoftParts(base, joint, prompt, form, more, dropout);
    }

    /** The same with these groups in place of its own. */
    public SoftParts withGroups(List<WeightGroup> others) {
        return new SoftParts(base, joint, prompt, form, others, dropout);
    }

    /** The same with the backbone's published dropout, or without. */
    public SoftParts withDropout(boolean wanted) {
        return new SoftParts(base, joint, prompt, form, groups, wanted);
    }
}
