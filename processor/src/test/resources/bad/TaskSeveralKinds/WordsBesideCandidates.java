package bad;

import dev.cloze.annotations.*;


@Template(value = "The capital of {country} is {mask}.", words = @LabelWords(label = "A", value = "paris"))
@Candidates
record WordsBesideCandidates(String country) {}
