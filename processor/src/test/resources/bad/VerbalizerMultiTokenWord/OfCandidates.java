package bad;

import dev.cloze.annotations.*;


@Template("The capital of {country} is {mask}.")
@Candidates(
        value = {"rome", "new york"},
        multiTokenWords = MultiTokenWords.REJECT)
record OfCandidates(String country) {}
