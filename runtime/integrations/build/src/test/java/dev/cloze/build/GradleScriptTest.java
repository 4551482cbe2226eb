package dev.cloze.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No Gradle is here to run the script; what it starts, and by which settings, is what there is. */
class GradleScriptTest {

    @Test
    void itStartsProgramsThatAreThereBySettingsTheyKnow() throws IOException {
        String script = Files.readString(Path.of("../gradle/cloze.gradle.kts"));
        assertThat(found(script, "mainClass\\.set\\(\"([\\w.]+)\"\\)"))
                .containsExactly(ModelsMain.class.getName(), ZeroShotMain.class.getName());
        assertThat(Set.copyOf(found(script, "\"(\\w+)=")))
                .containsExactlyInAnyOrder("folder", "backbones", "offline", "task", "file", "minimum", "report");
        assertThat(script).contains("-Acloze.models=");
    }

    private static List<String> found(String script, String pattern) {
        return Pattern.compile(pattern)
                .matcher(script)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
