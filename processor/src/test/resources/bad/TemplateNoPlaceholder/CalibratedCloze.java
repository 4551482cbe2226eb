package bad;

import dev.cloze.annotations.*;

@Template("The capital of France is {mask}.")
@Candidates(
        value = {"paris", "rome"},
        calibration = Calibration.PMI)
record CalibratedCloze() {}
