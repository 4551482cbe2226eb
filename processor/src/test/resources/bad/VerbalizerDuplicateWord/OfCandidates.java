package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates({"Paris", "Rome", "Paris"})
record OfCandidates(String country) {}
