package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates({"rome", "\u2603\u2603"})
record OfCandidates(String country) {}
