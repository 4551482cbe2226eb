package dev.cloze.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide has each setting of each goal, with the property that sets it. */
class GoalPagesTest {

    private static final Pattern SETTING = Pattern.compile(
            "@Parameter(\\((?<how>[^)]*)\\))?\\s+private (@Nullable )?[\\w<>, ]+ (?<name>\\w+)( =[^;]*)?;");

    @ParameterizedTest
    @ValueSource(strings = {"ModelsMojo", "ZeroShotMojo"})
    void everySettingIsOnThePage(String goal) throws IOException {
        Path root = Reactor.here().root();
        String source = Files.readString(
                root.resolve("runtime/integrations/maven/src/main/java/dev/cloze/maven/" + goal + ".java"));
        List<String> rows = Files.readAllLines(root.resolve("docs/guide/build-tools.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        Matcher settings = SETTING.matcher(source);
        int found = 0;
        while (settings.find()) {
            String how = settings.group("how") == null ? "" : settings.group("how");
            if (!how.contains("readonly")) {
                found++;
                Matcher property = Pattern.compile("property = \"([^\"]+)\"").matcher(how);
                String named = property.find() ? "`" + property.group(1) + "`" : "|";
                assertThat(rows)
                        .as(goal + "." + settings.group("name"))
                        .anyMatch(row -> row.startsWith("| `" + settings.group("name") + "` |") && row.contains(named));
            }
        }
        assertThat(found).as(goal).isGreaterThan(3);
    }
}
