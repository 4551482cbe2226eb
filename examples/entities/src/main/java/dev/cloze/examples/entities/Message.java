package dev.cloze.examples.entities;

import dev.cloze.annotations.PTuningV2;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/** A message to a restaurant; the language model stays as it is, and its prefixes and a small head learn what is in it. */
@Template("{text|spans}")
@Verbalizer(labels = Entity.class)
@PTuningV2
@Tuning(learningRate = 2e-2, maxSteps = 160)
public record Message(String text) {}
