package dev.cloze.annotations.method;

import dev.cloze.annotations.TuningMethod;
import java.util.Set;

/**
 * What a tuning method is where it serves one kind of task: a row of {@link MethodTable}.
 *
 * @param trained what it trains, to complete the sentence "Tuning trains ..."
 * @param reading what it reads of the template
 * @param freezing whether it leaves the language model's own weights as they are
 * @param virtualTokens whether it has virtual tokens to train, so that {@code {soft}} and promptLength mean something
 * @param unlabeledTexts whether it needs texts without labels beside the examples
 * @param severalTemplates whether a task may have several templates
 * @param backbones the kinds of language model it can tune; empty where it uses none
 * @param untrained whether the task also has a pipeline without any training
 * @param inSteps whether it trains in steps, so that learning rates, batches and numbers of steps mean something
 */
public record MethodTraits(
        TuningMethod method,
        TaskKind kind,
        String trained,
        Reading reading,
        Freezing freezing,
        boolean virtualTokens,
        boolean unlabeledTexts,
        boolean severalTemplates,
        Set<BackboneKind> backbones,
        boolean untrained,
        boolean inSteps) {

    public MethodTraits {
        backbones = Set.copyOf(backbones);
    }

    /** A method that trains in steps. */
    public MethodTraits(
            TuningMethod method,
            TaskKind kind,
            String trained,
            Reading reading,
            Freezing freezing,
            boolean virtualTokens,
            boolean unlabeledTexts,
            boolean severalTemplates,
            Set<BackboneKind> backbones,
            boolean untrained) {
        this(
                method,
                kind,
                trained,
                reading,
                freezing,
                virtualTokens,
                unlabeledTexts,
                severalTemplates,
                backbones,
                untrained,
                true);
    }

    /** Whether it has a language model at all. */
    public boolean hasBackbone() {
        return !backbones.isEmpty();
    }

    /** Whether it chooses labels by their words at the mask, so that it needs both. */
    public boolean readsWords() {
        return kind == TaskKind.CLASSIFICATION && reading == Reading.TEMPLATE;
    }

    /** Whether a task may have so many templates; where placeholders alone are read, they are those of the first. */
    public boolean takes(int templates) {
        return templates == 1 || severalTemplates || reading == Reading.PLACEHOLDERS;
    }

    /** Whether it can tune such a model. */
    public boolean serves(BackboneKind backbone) {
        return backbones.contains(backbone);
    }
}
