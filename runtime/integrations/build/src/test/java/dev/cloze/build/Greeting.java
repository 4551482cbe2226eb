package dev.cloze.build;

import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.Template;

/** A task that chooses no labels. */
@Template("{name} says {mask}.")
@Candidates({"yes", "no"})
record Greeting(String name) {}
