package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.application.Calls;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.spring.boot.ClozeProperties.Task;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of properties and metrics says what the code says. */
class ReferencePageTest {

    private static final Path PAGE = Path.of("../../../../docs/reference/spring-boot.md");
    private static final Pattern PROPERTY =
            Pattern.compile("(?m)^\\| `(cloze\\.[\\w.*-]+)` \\| [^|]+\\|[^|]*\\|(.*)\\|$");
    private static final Pattern METRIC = Pattern.compile("(?m)^\\| `(cloze\\.[\\w.]+)` \\| (gauge|counter) \\|");

    @Test
    void everyPropertyIsThereAsEditorsShowIt() throws IOException {
        Map<String, String> rows = rows();
        Map<String, String> expected = metadata();
        expected.remove("cloze.tasks");
        assertThat(expected).isNotEmpty();
        expected.forEach((name, meaning) -> assertThat(rows).containsEntry(name, meaning));

        List<String> ofTasks = Arrays.stream(Task.class.getRecordComponents())
                .map(component -> "cloze.tasks.*." + component.getName().replaceAll("(?=\\p{Lu})", "-"))
                .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                .toList();
        TreeSet<String> all = new TreeSet<>(expected.keySet());
        all.addAll(ofTasks);
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everyMetricOfTheQueuesIsThere() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ClozeTasks tasks = new ClozeTasks(List.of(), Optional.empty(), Calls.PLAIN);
        new QueueMetrics(tasks).bindTo(registry);
        List<String> bound = registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + " " + id.getType().name().toLowerCase(java.util.Locale.ROOT))
                .toList();
        assertThat(METRIC.matcher(Files.readString(PAGE)).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(bound);
        tasks.close();
    }

    private static Map<String, String> rows() throws IOException {
        return PROPERTY.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        (MatchResult row) -> row.group(2).strip(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** What the build found in the code. */
    private static Map<String, String> metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ClozeProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            JsonObject json = JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
            Map<String, String> found = new TreeMap<>();
            for (JsonElement property : json.getAsJsonArray("properties")) {
                JsonObject one = property.getAsJsonObject();
                String name = one.get("name").getAsString();
                if (name.startsWith("cloze.")) {
                    found.put(name, one.get("description").getAsString());
                }
            }
            return found;
        }
    }
}
