package bad;

import dev.cloze.annotations.*;


@Template("The population of {country} is {mask}.")
@Scale(from = 0, to = 5, low = "small", high = "large")
@Candidates({"small", "large"})
record ScaleAndCandidates(String country) {}
