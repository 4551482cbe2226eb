package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates({"Paris", ""})
record BlankCandidate(String country) {}
