package bad;

import dev.cloze.annotations.*;

@Template("The capital of France is {mask}.")
@Candidates({"paris", "rome"})
record OfACloze(String country) {}
