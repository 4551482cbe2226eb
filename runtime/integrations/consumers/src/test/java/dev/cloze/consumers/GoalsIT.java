package dev.cloze.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cloze:models} and {@code cloze:zero-shot} in one build of many small modules, and once more without a network. */
class GoalsIT {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private static Path folder;

    private static SmallHub hub;
    private static Path project;
    private static MavenRun run;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("consumers.maven") != null, "the build tells where Maven is");
        Path repository = Files.createDirectories(folder.resolve("repository"));
        assumeTrue(Reactor.here().installInto(repository).contains("cloze-maven-plugin"), "jars are packaged");
        hub = smallHub();
        project = MavenRun.copied("goals", folder);
        run = MavenRun.of(JDK, project, repository, variables(), "-fae", "-Dmaven.test.skip", "verify");
    }

    private static SmallHub smallHub() throws IOException {
        return new SmallHub(
                Reactor.here().root().resolve("runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en"));
    }

    private static Map<String, String> variables() {
        return Map.of(
                "HF_ENDPOINT",
                hub.endpoint(),
                "HF_HUB_CACHE",
                folder.resolve("hub").toString());
    }

    @AfterAll
    static void close() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void aTaskAboveItsBarPassesAndItsFiguresAreKept() throws IOException {
        assertThat(run.module("held"))
                .contains("app.Review on ", "accuracy ", "macro-F1 ")
                .doesNotContain("ERROR");
        JsonObject figures = JsonParser.parseString(
                        Files.readString(project.resolve("held/target/cloze/app.Review/zero-shot.json")))
                .getAsJsonObject();
        assertThat(figures.get("n").getAsInt()).isEqualTo(4);
        assertThat(figures.get("labels").toString()).isEqualTo("[\"POSITIVE\",\"NEGATIVE\"]");
        assertThat(figures.get("accuracy").getAsDouble()).isBetween(0.25, 1.0);
    }

    @Test
    void aTaskBelowItsBarFailsTheBuildWithTheTable() {
        assertThat(run.code()).isNotZero();
        assertThat(run.module("below")).contains("app.Review on ");
        assertThat(run.output()).contains("[EvaluationBelowBar] app.Review has a", "below the bar of 1.0000.");
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThat(run.output())
                .contains("[DataUnreadable] There is no file " + project.resolve("no-file/nowhere.csv"))
                .contains("[ConfigTaskUnknown] There is no task app.Revue on the class path.")
                .contains("Did you mean \"app.Review\"?")
                .contains("[ConfigSetting] The bar of app.Review is 80.0, and no measure is outside 0 to 1.");
    }

    @Test
    void theCompilerChecksWordsByTheTokenizerThatWasFetched() {
        assertThat(run.module("words-right"))
                .contains("The compiler finds " + project.resolve("words-right/target/cloze-models/org/small"))
                .doesNotContain("TuningUnknownBackbone")
                .doesNotContain("ERROR");
        assertThat(run.module("words-wrong"))
                .contains("[VerbalizerMultiTokenWord]")
                .doesNotContain("TuningUnknownBackbone");
        assertThat(hub.gets()).as("once for both modules").containsExactlyInAnyOrder("config.json", "tokenizer.json");
    }

    @Test
    void theProxyOfMavensSettingsIsAsked() throws IOException, InterruptedException {
        try (SmallHub proxy = smallHub()) {
            String place = proxy.endpoint().replaceFirst("http://(.*):(\\d+)", "<host>$1</host><port>$2</port>");
            Path settings = Files.writeString(
                    folder.resolve("settings.xml"),
                    "<settings><proxies><proxy><protocol>http</protocol>" + place + "</proxy></proxies></settings>");
            Map<String, String> variables = Map.of(
                    "HF_ENDPOINT",
                    "http://hub.invalid",
                    "HF_HUB_CACHE",
                    folder.resolve("through-a-proxy").toString());
            MavenRun through = MavenRun.of(
                    JDK,
                    project,
                    folder.resolve("repository"),
                    variables,
                    "-gs",
                    settings.toString(),
                    "-pl",
                    "words-right",
                    "cloze:models@models");
            assertThat(through.code()).as(through.output()).isZero();
            assertThat(proxy.gets()).contains("config.json", "tokenizer.json");
        }
    }

    @Test
    @Tag("consumers")
    void withoutANetworkWhatIsThereIsUsedAndWhatIsNotIsNamed() throws IOException, InterruptedException {
        Path repository = folder.resolve("repository");
        MavenRun again =
                MavenRun.of(JDK, project, repository, variables(), "-o", "-pl", "words-right", "cloze:models@models");
        assertThat(again.code()).as(again.output()).isZero();
        Map<String, String> empty = Map.of(
                "HF_ENDPOINT",
                hub.endpoint(),
                "HF_HUB_CACHE",
                folder.resolve("empty").toString());
        MavenRun none = MavenRun.of(JDK, project, repository, empty, "-o", "-pl", "words-right", "cloze:models@models");
        assertThat(none.code()).isNotZero();
        assertThat(none.output()).contains("[ModelOffline]", "mvn --offline forbids to download it");
        MavenRun skipped = MavenRun.of(
                JDK, project, repository, empty, "-o", "-pl", "words-right", "-Dcloze.skip", "cloze:models@models");
        assertThat(skipped.code()).as(skipped.output()).isZero();
    }
}
