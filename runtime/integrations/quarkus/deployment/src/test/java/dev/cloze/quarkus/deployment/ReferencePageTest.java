package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.quarkus.ClozeConfig;
import dev.cloze.runtime.application.QueueNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of properties and metrics says what the code says; {@code CLOZE_REWRITE_EXPECTED=1} writes the properties anew. */
class ReferencePageTest {

    private static final Path PAGE = Path.of("../../../../docs/reference/quarkus.md");
    private static final String DOCUMENTED = "/META-INF/quarkus-config-doc/quarkus-config-";
    private static final Pattern PROPERTIES = Pattern.compile("(?m)(?:^\\| `quarkus\\.cloze\\..*\\n)+");
    private static final Pattern METRIC = Pattern.compile("(?m)^\\| `(cloze\\.queue\\.\\w+)` \\| (gauge|counter) \\|");

    @Test
    void everyPropertyIsThereAsTheExtensionTellsIt() throws IOException {
        String page = Files.readString(PAGE);
        String expected = String.join("", rows());
        if ("1".equals(System.getenv("CLOZE_REWRITE_EXPECTED"))) {
            Files.writeString(
                    PAGE, PROPERTIES.matcher(page).replaceFirst(java.util.regex.Matcher.quoteReplacement(expected)));
        }
        assertThat(PROPERTIES.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
                .containsExactly(expected);
    }

    @Test
    void everyMetricOfTheQueuesIsThere() throws IOException {
        List<String> metrics = Arrays.stream(QueueNumber.values())
                .map(number -> number.metric() + (number.counted() ? " counter" : " gauge"))
                .toList();
        assertThat(METRIC.matcher(Files.readString(PAGE)).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyInAnyOrderElementsOf(metrics);
    }

    /** What the build found in the code. */
    private static TreeSet<String> rows() throws IOException {
        JsonObject texts = json("javadoc").getAsJsonObject("elements");
        TreeSet<String> rows = new TreeSet<>();
        for (JsonElement root : json("model").getAsJsonArray("configRoots")) {
            for (JsonElement item : root.getAsJsonObject().getAsJsonArray("items")) {
                rows.add(row(item.getAsJsonObject(), texts));
            }
        }
        return rows;
    }

    private static String row(JsonObject property, JsonObject texts) {
        String name = property.getAsJsonObject("path").get("property").getAsString();
        String type = property.get("typeDescription").getAsString();
        JsonElement standard = property.get("defaultValue");
        boolean fixed = property.get("phase").getAsString().startsWith("BUILD");
        String text = texts.getAsJsonObject(property.get("sourceType").getAsString() + "."
                        + property.get("sourceElementName").getAsString())
                .get("description")
                .getAsString();
        return "| `" + name.replaceAll("\"[\\w-]+\"", "*") + "` | " + type.substring(type.lastIndexOf('.') + 1) + " | "
                + (standard == null ? "-" : standard.getAsString().replace("MS", "ms")) + " | "
                + (fixed ? "build" : "start") + " | "
                + text.replaceAll("\\{@code (\\S+)}", "`$1`").replaceAll("\\s+", " ") + " |\n";
    }

    private static JsonObject json(String what) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ClozeConfig.class.getResourceAsStream(DOCUMENTED + what + ".json"))) {
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        }
    }
}
