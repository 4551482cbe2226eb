package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.SearchRuns;
import dev.cloze.runtime.WordRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in a search for templates or for words, again and again. */
class KilledSearchTest {

    @TempDir
    Path folder;

    @Test
    void theTemplatesAreThoseOfASearchThatNobodyKilled() throws Exception {
        String whole = SearchRuns.run(folder.resolve("whole"), progress -> {});
        assertThat(whole.lines()).hasSize(3);
        assertThat(killedAgainAndAgain(SearchRuns.class, "templates/result")).isEqualTo(whole);
    }

    @Test
    void theWordsAreThoseOfASearchThatNobodyKilled() throws Exception {
        String whole = WordRuns.run(folder.resolve("whole"), progress -> {});
        assertThat(whole.lines()).hasSize(3);
        assertThat(killedAgainAndAgain(WordRuns.class, "words/result")).isEqualTo(whole);
    }

    private String killedAgainAndAgain(Class<?> runs, String kept) throws Exception {
        Path run = folder.resolve("killed");
        int kills = 0;
        String killed = "";
        while (killed.isEmpty() && kills < 10) {
            Path found = folder.resolve("found");
            ChildJvm child =
                    ChildJvm.start(runs, List.of(run.toString(), found.toString(), Integer.toString(5 + kills % 2)));
            child.process().waitFor();
            if (Files.exists(found)) {
                killed = Files.readString(found);
            } else {
                assertThat(child.process().exitValue())
                        .as(Files.readString(child.outputFile()))
                        .isEqualTo(137);
                kills++;
                assertThat(run.resolve(kept)).as("what was written is kept").exists();
            }
        }
        assertThat(kills).isGreaterThan(1);
        return killed;
    }
}
