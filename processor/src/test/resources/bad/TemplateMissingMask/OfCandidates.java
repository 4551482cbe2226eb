package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is")
@Candidates({"paris", "rome"})
record OfCandidates(String country) {}
