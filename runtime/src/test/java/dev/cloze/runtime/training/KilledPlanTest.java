package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PromptRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed between trainings that belong together, and in them, again and again. */
class KilledPlanTest {

    @TempDir
    Path folder;

    @Test
    void theResultOfSeveralPromptsIsThatOfARunThatNobodyKilled() throws Exception {
        String whole = PromptRuns.run(folder.resolve("whole"), progress -> {});
        assertThat(killedAgainAndAgain(PromptRuns.class)).isEqualTo(whole);
    }

    private String killedAgainAndAgain(Class<?> runs) throws Exception {
        Path run = folder.resolve("killed");
        Path answers = folder.resolve("answers");
        int kills = 0;
        // The child ends itself with the signal's own call after so many steps more than it made before.
        while (!Files.exists(answers) && kills < 30) {
            ChildJvm child =
                    ChildJvm.start(runs, List.of(run.toString(), answers.toString(), Integer.toString(3 + kills % 4)));
            child.process().waitFor();
            if (!Files.exists(answers)) {
                assertThat(child.process().exitValue())
                        .as(Files.readString(child.outputFile()))
                        .isEqualTo(137);
                kills++;
            }
        }
        assertThat(kills).isGreaterThan(2);
        return Files.readString(answers);
    }
}
