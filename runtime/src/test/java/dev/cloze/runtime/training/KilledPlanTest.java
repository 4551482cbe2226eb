package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PetRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed between the trainings of PET, and in them, again and again. */
class KilledPlanTest {

    @TempDir
    Path folder;

    @Test
    void theResultIsThatOfARunThatNobodyKilled() throws Exception {
        String whole = PetRuns.run(folder.resolve("whole"), progress -> {});
        Path run = folder.resolve("killed");
        int kills = 0;
        String killed = "";
        // The child ends itself with the signal's own call after so many steps more than it made before.
        while (killed.isEmpty() && kills < 30) {
            Path answers = folder.resolve("answers");
            ChildJvm child = ChildJvm.start(
                    PetRuns.class, List.of(run.toString(), answers.toString(), Integer.toString(3 + kills % 4)));
            child.process().waitFor();
            if (Files.exists(answers)) {
                killed = Files.readString(answers);
            } else {
                assertThat(child.process().exitValue())
                        .as(Files.readString(child.outputFile()))
                        .isEqualTo(137);
                kills++;
            }
        }
        assertThat(kills).isGreaterThan(2);
        assertThat(killed).isEqualTo(whole);
    }
}
