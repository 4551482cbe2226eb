package bad;

import dev.cloze.annotations.*;


@Candidates
record OnlyCandidates(String country) {}
