package dev.cloze.examples.capitals;

import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.Template;

/** Without candidates all whole words of the model are ranked; the program also ranks capitals alone. */
@Template("The capital of {name} is {mask}.")
@Candidates
public record Country(String name) {}
