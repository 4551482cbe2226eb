package dev.cloze.annotations.method;

import dev.cloze.annotations.TuningMethod;
import java.util.Set;

/**
 * What a tuning method is where it serves one kind of task: a row of {@link MethodTable}.
 *
 * @param trained what it trains, to complete the sentence "Tuning trains ..."
 * @param reading what it reads of the template
 * @param freezing whether it leaves the language model's own weights as they are
 * @param backbones the kinds of language model it can tune; empty where it uses none
 * @param traits what else it has
 */
public record MethodTraits(
        TuningMethod method,
        TaskKind kind,
        String trained,
        Reading reading,
        Freezing freezing,
        Set<BackboneKind> backbones,
        Set<MethodTrait> traits) {

    public MethodTraits {
        backbones = Set.copyOf(backbones);
        traits = Set.copyOf(traits);
    }

    /** Whether promptLength chooses how many virtual tokens or positions it trains. */
    public boolean choosesPromptLength() {
        return traits.contains(MethodTrait.PROMPT_LENGTH);
    }

    /** Whether it trains virtual tokens that stand in the template. */
    public boolean virtualTokens() {
        return traits.contains(MethodTrait.VIRTUAL_TOKENS);
    }

    /** Whether it trains keys and values that stand before an input in every layer. */
    public boolean prefixes() {
        return traits.contains(MethodTrait.PREFIXES);
    }

    /** Whether it needs texts without labels beside the examples. */
    public boolean unlabeledTexts() {
        return traits.contains(MethodTrait.UNLABELED_TEXTS);
    }

    /** Whether a task may have several templates, all of which it reads. */
    public boolean severalTemplates() {
        return traits.contains(MethodTrait.SEVERAL_TEMPLATES);
    }

    /** Whether the task also has a pipeline without any training. */
    public boolean untrained() {
        return traits.contains(MethodTrait.UNTRAINED);
    }

    /** Whether it trains in steps. */
    public boolean inSteps() {
        return traits.contains(MethodTrait.IN_STEPS);
    }

    /** Whether it has a language model at all. */
    public boolean hasBackbone() {
        return !backbones.isEmpty();
    }

    /** Whether it answers by words at the mask, those of labels, of a scale, of spans or candidates, so that it needs both. */
    public boolean readsWords() {
        return kind != TaskKind.TEXT && reading == Reading.TEMPLATE;
    }

    /** Whether a task may have so many templates; where placeholders alone are read, they are those of the first. */
    public boolean takes(int templates) {
        return templates == 1 || severalTemplates() || reading == Reading.PLACEHOLDERS;
    }

    /** Whether it can tune such a model. */
    public boolean serves(BackboneKind backbone) {
        return backbones.contains(backbone);
    }
}
