package dev.cloze.examples.entailment;

import dev.cloze.annotations.LmBff;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

/** A sentence and another that follows from it or contradicts it, asked as LM-BFF asks such pairs. */
@Template("{premise|stripPunctuation}? {sep} {mask}, {hypothesis|lowerFirst}")
@Verbalizer(labels = Verdict.class)
@LmBff(sets = 4, devSets = 1)
public record Pair(String premise, String hypothesis) {}
