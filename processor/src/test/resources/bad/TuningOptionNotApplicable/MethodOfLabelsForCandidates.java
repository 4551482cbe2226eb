package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates
@Pet
record MethodOfLabelsForCandidates(String country) {}
