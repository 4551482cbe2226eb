package dev.cloze.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.processor.PromptProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of settings has every property and variable whose name stands in the code. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("reference/settings.md");

    private static final List<String> MODULES =
            List.of("annotations", "annotations/vocabulary", "processor", "runtime", "runtime/cli");

    private static final Pattern NAME =
            Pattern.compile("\"(cloze(?:\\.[A-Za-z]+)+|[A-Z]+(?:_[A-Z0-9]+)+)\"|getenv\\(\"(\\w+)\"\\)");

    private static final Pattern OF_CLOZE = Pattern.compile("`(cloze\\.\\w+|CLOZE_\\w+)`");

    /** What is written like a setting: an observation, a file, and PEFT's kinds of task. */
    private static final Set<String> OTHERS = Set.of(
            "cloze.predict",
            "cloze.lock",
            "CAUSAL_LM",
            "FEATURE_EXTRACTION",
            "QUESTION_ANS",
            "SEQ_2_SEQ_LM",
            "SEQ_CLS",
            "TOKEN_CLS");

    @Test
    void thePageHasEverySettingOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> settings = settings();

        assertThat(settings).contains("cloze.device", "CLOZE_TOKEN").allSatisfy(name -> assertThat(page)
                .contains("`" + name + "`"));
        assertThat(OF_CLOZE.matcher(page).results().map(name -> name.group(1)))
                .allSatisfy(name -> assertThat(settings).contains(name));
    }

    @Test
    void thePageHasEveryOptionOfTheCompiler() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(new PromptProcessor().getSupportedOptions()).isNotEmpty().allSatisfy(name -> assertThat(page)
                .contains("| `-A" + name));
    }

    private static Set<String> settings() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    NAME.matcher(Files.readString(file))
                            .results()
                            .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                            .forEach(names::add);
                }
            }
        }
        names.removeAll(OTHERS);
        return names;
    }
}
