package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of {@code cloze serve} is what its code says; {@code CLOZE_REWRITE_EXPECTED=1} writes it anew. */
class ServeReferenceTest {

    private static final Path PAGE = Path.of("../../docs/reference/serve.md");

    @Test
    void thePageSaysWhatThereIs() throws Exception {
        String page = page();
        if (System.getenv("CLOZE_REWRITE_EXPECTED") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() throws IOException, InterruptedException {
        try (Served served = new Served(Served.usual(), Served.settings())) {
            JsonObject api = Served.json(served.get("/openapi.json"));
            return "# `cloze serve`: options, routes, metrics\n\nA test writes this page from the code. See [serving](../guide/serving.md)."
                    + "\n\n## Options\n\n| option | meaning |\n|---|---|\n" + options()
                    + "\n## Routes\n\n`/openapi.json` has what each reads and answers.\n\n| route | answers |\n|---|---|\n"
                    + routes(api)
                    + "\n`/`, `/health` and `/openapi.json` are answered without the token.\n\n## Metrics\n\n"
                    + "In Prometheus' text format at `/metrics`; those of the queues are sums over all"
                    + " tasks.\n\n| name | meaning |\n|---|---|\n"
                    + metrics(served.server().metrics());
        }
    }

    private static String options() {
        StringBuilder table = new StringBuilder();
        CommandLine command = new CommandLine(new ServeCommand());
        for (OptionSpec option : command.getCommandSpec().options()) {
            String meaning = String.join(" ", option.description())
                    .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
            table.append("| `")
                    .append(option.longestName())
                    .append(' ')
                    .append(option.paramLabel().replace("|", "\\|"));
            table.append("` | ").append(meaning).append(" |\n");
        }
        return table.toString();
    }

    private static String routes(JsonObject api) {
        StringBuilder table = new StringBuilder();
        api.getAsJsonObject("paths").asMap().forEach((path, methods) -> methods.getAsJsonObject()
                .asMap()
                .forEach((method, operation) -> table.append("| `")
                        .append(method.toUpperCase(Locale.ROOT))
                        .append(' ')
                        .append(path)
                        .append("` | ")
                        .append(operation.getAsJsonObject().get("summary").getAsString())
                        .append(" |\n")));
        return table.toString();
    }

    private static String metrics(Map<String, String> meanings) {
        StringBuilder table = new StringBuilder();
        meanings.forEach((name, meaning) ->
                table.append("| `").append(name).append("` | ").append(meaning).append(" |\n"));
        return table.toString();
    }
}
