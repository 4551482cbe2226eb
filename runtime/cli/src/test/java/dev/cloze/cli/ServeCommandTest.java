package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that serves: what it refuses to start with, and a process that starts and is asked to end. */
class ServeCommandTest {

    @TempDir
    Path folder;

    @Test
    void anAddressThatOthersReachWantsAToken() {
        CommandRun run = CommandRun.here("serve", "--host", "0.0.0.0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("there is no token").contains("--token-file");
    }

    @Test
    void aTokenThatIsGuessedIsRefused() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        CommandRun run = CommandRun.here("serve", "--token-file", token.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("6 characters").doesNotContain("secret");
    }

    @Test
    void whatCanNeverBeAnsweredIsRefused() {
        assertThat(CommandRun.here("serve", "--max-batch", "64", "--capacity", "32")
                        .errors())
                .contains("--capacity lets only 32");
        assertThat(CommandRun.here("serve", "--writer", "a/b=cloze-lm-tiny-en").errors())
                .contains("can't be a task's name");
        for (List<String> twice : List.of(
                List.of("--writer", "a=x", "--pipeline", "a=y"),
                List.of("--pipeline", "a=x", "--pipeline", "a=y"),
                List.of("--task", "a=x.yaml", "--task", "a=y.yaml"),
                List.of("--writer", "a=cloze-lm-tiny-en", "--writer", "a=cloze-lm-tiny-en"))) {
            List<String> arguments = new ArrayList<>(List.of("serve"));
            arguments.addAll(twice);
            CommandRun run = CommandRun.here(arguments.toArray(String[]::new));
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.errors()).contains("Two tasks are named \"a\"");
        }
        assertThat(CommandRun.here("serve", "--pipeline", "models/reviews").errors())
                .contains("\"models/reviews\" has no name: write NAME=models/reviews.");
    }

    /** Before any model is opened: this one isn't there. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999"})
    void aPortThatThereCannotBeIsRefused(String port) {
        CommandRun run = CommandRun.here("serve", "--model", "nowhere", "--port", port);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.errors()).contains("--port is " + port + ", and must be 0 to 65535");
    }

    @Test
    void aPortThatIsTakenIsSaidSo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            CommandRun run = CommandRun.here(
                    "serve", "--model", "cloze-tiny-en", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.errors()).contains("port " + taken.getLocalPort());
        }
    }

    @Test
    void aProcessServesUntilItIsAskedToEnd() throws Exception {
        Path task = Files.writeString(
                folder.resolve("reviews.yaml"),
                "template: \"{text} It was {mask}.\"\nmodel: cloze-tiny-en\nlabels:\n  good: [good]\n  bad: [bad]\n");
        try (ServedProcess served = new ServedProcess(
                Map.of(), List.of(), List.of("--model", "cloze-tiny-en", "--task", "reviews=" + task))) {
            assertThat(served.said().get(0)).isEqualTo("Serving reviews.");
            assertThat(served.address().toString()).startsWith("http://127.0.0.1:");
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(served.address().resolve("/v1/tasks"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body())
                    .contains("\"reviews\"");
            served.process().destroy();
            assertThat(served.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
