package bad;

import dev.cloze.annotations.*;

@Template("The capital of France is {mask}.")
@Candidates({"paris", "rome"})
@SuppressWarnings({"TemplateTooLong", "unused"})
record AnotherSilenced(String country) {}
