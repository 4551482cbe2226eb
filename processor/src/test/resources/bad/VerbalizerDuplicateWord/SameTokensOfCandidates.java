package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates({"paris", "Paris"})
record SameTokensOfCandidates(String country) {}
