package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Template("{mask} is the capital of {country}.")
@Candidates
@PromptTuning
record OfCandidates(String country) {}
