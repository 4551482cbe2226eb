package org.example;

import dev.cloze.annotations.*;

/** A head on the model's hidden states: labels need no words, and the template no mask. */
public class FineTuned {

    public enum Stance {
        FOR,
        AGAINST
    }

    @Template("{claim} {sep} {comment|limit:200}")
    @Verbalizer(labels = Stance.class)
    @FineTuning(pooling = FineTuning.Pooling.MEAN)
    @Tuning(maxSteps = 500)
    public record Comment(String claim, String comment) {}

    /** Written for a method with prompts: what stands behind the mask, and the second template, are not read. */
    @Template("{body} It was {mask}, they said.")
    @Template("Just {mask}! {body}")
    @Verbalizer(labels = Stance.class, value = @LabelWords(label = "FOR", value = "unutterablewordofseveraltokens"))
    @Tuning(method = TuningMethod.FINE_TUNING)
    public record Note(String body) {}
}
