package dev.cloze.runtime.tuning.soft;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a soft method says of its vectors in a product's identity, and how it reads them again.
 *
 * @param before virtual tokens before all others
 * @param joint whether the model's weights were tuned with them
 * @param sites where prefixes stand, by name; empty where they stand wherever the model has a place for one
 */
public record SoftSettings(int before, boolean joint, String sites) {

    private static final String BEFORE = "promptLength";
    private static final String BACKBONE = "backbone";
    private static final String TUNED = "tuned";
    private static final String FROZEN = "frozen";
    private static final String SITES = "sites";

    /** Without prefixes, or with prefixes at all sites. */
    public SoftSettings(int before, boolean joint) {
        this(before, joint, "");
    }

    /** By name. */
    public Map<String, String> values() {
        Map<String, String> values =
                new TreeMap<>(Map.of(BEFORE, Integer.toString(before), BACKBONE, joint ? TUNED : FROZEN));
        if (!sites.isEmpty()) {
            values.put(SITES, sites);
        }
        return values;
    }

    /** Those of a saved product; where they are no such settings, some that no product fits. */
    public static SoftSettings of(SavedProduct saved) {
        String written = saved.settings().getOrDefault(BEFORE, "");
        int before = written.matches("0|[1-9]\\d{0,4}") ? Integer.parseInt(written) : 0;
        return new SoftSettings(
                before,
                TUNED.equals(saved.settings().get(BACKBONE)),
                saved.settings().getOrDefault(SITES, ""));
    }

    /**
     * How many virtual tokens stand before all others: none where the template has some, else as many as are chosen, or the
     * method's usual number.
     *
     * @throws ClozeException {@code TUNING_OPTION_NOT_APPLICABLE} where both are written, {@code TUNING_PROMPT_LENGTH_MISSING}
     *     where neither is and the method has no usual number
     */
    public static int before(TuningMethod method, boolean inTemplate, TrainingOptions options) {
        boolean written = options.isSet(TuningOptions.PROMPT_LENGTH);
        if (inTemplate && written) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "promptLength = " + options.get(TuningOptions.PROMPT_LENGTH)
                            + " means nothing beside the virtual tokens that stand in the template."
                            + "\n  Leave promptLength out, or {soft}: without it all virtual tokens stand before the"
                            + " input.");
        }
        if (inTemplate) {
            return 0;
        }
        if (written) {
            return options.get(TuningOptions.PROMPT_LENGTH);
        }
        return MethodTable.usualPromptLength(method)
                .orElseThrow(() -> new ClozeException(
                        Problem.TUNING_PROMPT_LENGTH_MISSING,
                        method + " trains virtual tokens, and nothing says where they stand or how many they are."
                                + "\n  Write {soft} in the template where one belongs, {soft:3} for three,"
                                + "\n  or promptLength in @Tuning for as many before the input."));
    }

    /** The backbone of a saved product; to be asked for when its identity fits. */
    public SoftBackbone read(LanguageModel model, SoftForm form, SavedProduct saved) {
        String name = model.folder().name();
        try (WeightsReader reader = new WeightsReader(
                saved.tensors(), BackboneFamilies.of(name, model.folder().config()), saved.place())) {
            if (!joint) {
                return SoftBackbone.over(model.backbone(), form, reader);
            }
            Set<String> own =
                    form.slots().stream().flatMap(slot -> slot.parts().stream()).collect(Collectors.toSet());
            Backbone tuned = model.backbone().withWeights(saved.tensors().without(own), saved.place());
            return SoftBackbone.owning(MissingHead.required(tuned, saved.place()), form, reader);
        }
    }
}
