package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aMachineInOrderHasNothingWrong() {
        CommandRun run = CommandRun.here("doctor");
        assertThat(run.code()).as(run.out() + run.errors()).isZero();
        assertThat(run.out())
                .contains("Java ", System.getProperty("java.version"), "DJL", "0.36.0")
                .containsPattern("libtorch +2\\.7\\.1")
                .containsPattern("flavour +\\S+")
                .containsPattern("there are +cpu")
                .containsPattern("used is +(cpu|gpu:0)")
                .contains("DJL_CACHE_DIR", "CLOZE_CACHE", "HF_HUB_CACHE")
                .contains("Model cloze-small-en", "the class path", "trial")
                .contains("Nothing is wrong.");
    }

    @Test
    void howManyThreadsThereAreHowTheyWaitAndWhatTheyMultiplyIsSaid() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(
                Map.of("CLOZE_THREADS", "1", "GOMP_SPINCOUNT", "7"), List.of("-Dcloze.precision=float32"), "doctor");
        assertThat(run.out())
                .containsPattern("threads +1 an operation")
                .containsPattern("waiting threads +.*GOMP_SPINCOUNT")
                .containsPattern("multiplies in +float32 \\(cloze.precision=float32\\), by ")
                .containsPattern("GOMP_SPINCOUNT +\"7\"");
    }

    @Test
    void aDecoderIsAskedForWhatComesNext() throws URISyntaxException {
        Path model =
                Path.of(DoctorCommandTest.class.getResource("/writers/gpt2").toURI());
        CommandRun run = CommandRun.here("doctor", "--model", model.toString());
        assertThat(run.out())
                .contains("\"Paris is the capital of {mask}\" - \"")
                .contains("Nothing is wrong.");
        assertThat(run.code()).isZero();
    }

    @Test
    void aModelThatCannotBeReadIsAProblemWithItsCode() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"bert\"}");
        CommandRun run = CommandRun.here("doctor", "--model", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("One thing is wrong", "[ModelIncomplete]", "CLOZE_MODELS");
    }

    @Test
    void aModelOfAnotherKindIsAProblemThatListsTheKindsWhateverItsFolderLacks() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"byt5\"}");
        CommandRun run = CommandRun.here("doctor", "--model", folder.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("One thing is wrong", "[ModelUnsupported]", "is of type byt5", "albert, bert, camembert")
                .doesNotContain("[ModelIncomplete]");
    }

    @Test
    void anUnknownDeviceIsAProblemThatListsWhatThereIs() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(Map.of(), List.of("-Dcloze.device=tpu"), "doctor");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("[DeviceUnavailable]", "\"tpu\"", "cpu", "Set cloze.device");
    }

    @Test
    void anotherLibtorchIsRefusedAndEverythingElseStillReported() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("build-version"), "2.9.0+cpu\n");
        CommandRun run = CommandRun.process(
                Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "HUGGING_FACE_HUB_TOKEN", "secret"),
                List.of(),
                "doctor");
        assertThat(run.code()).as(run.errors()).isEqualTo(1);
        assertThat(run.out())
                .contains("[EngineLibtorch]", "2.9.0", "PYTORCH_LIBRARY_PATH")
                .contains("Caches", "Model cloze-small-en", "none, as libtorch is not loaded")
                .contains("set, not shown")
                .doesNotContain("secret");
    }

    @Test
    void anotherLibtorchOnTheClassPathIsRefusedWithTheOneToPutThere() throws IOException, InterruptedException {
        Path properties = folder.resolve("native/lib/pytorch.properties");
        Files.createDirectories(properties.getParent());
        try (InputStream real = Main.class.getClassLoader().getResourceAsStream("native/lib/pytorch.properties")) {
            String text = new String(Objects.requireNonNull(real).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(properties, text.replace("version=2.7.1", "version=2.5.1"));
        }
        CommandRun run = CommandRun.java(
                Path.of(System.getProperty("java.home")),
                Map.of(),
                List.of("-cp", folder + File.pathSeparator + CommandRun.classPath(), Main.class.getName()),
                "doctor");
        assertThat(run.code()).as(run.errors()).isEqualTo(1);
        assertThat(run.out())
                .contains("[EngineLibtorch]", "libtorch 2.5.1", properties.toString(), "pytorch-native-cpu:2.7.1")
                .contains("Model cloze-small-en", "none, as libtorch is not loaded");
    }

    @Test
    void withoutNativeLibrariesItNamesTheJarsAndDownloadsNothing() throws IOException, InterruptedException {
        String classPath = Arrays.stream(CommandRun.classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("pytorch-native") && !entry.contains("pytorch-jni"))
                .collect(Collectors.joining(File.pathSeparator));
        CommandRun run = CommandRun.java(
                Path.of(System.getProperty("java.home")),
                Map.of("DJL_CACHE_DIR", folder.resolve("djl").toString()),
                List.of("-cp", classPath, Main.class.getName()),
                "doctor");
        assertThat(run.code()).as(run.errors()).isEqualTo(1);
        assertThat(run.out())
                .contains("[EngineLibtorch]", "pytorch-native-cpu", "PYTORCH_LIBRARY_PATH")
                .contains("Model cloze-small-en");
    }

    @Test
    void aMistypedNameIsAProblemThatNamesTheRightOne() {
        CommandRun run = CommandRun.here("doctor", "--model", "bert-base-uncassed");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("One thing is wrong", "[ModelNotFound]", "Did you mean \"bert-base-uncased\"?")
                .doesNotContain("Nothing is wrong");
        CommandRun ours = CommandRun.here("doctor", "--model", "cloze-smal-en");
        assertThat(ours.code()).isEqualTo(1);
        assertThat(ours.out()).contains("[ModelNotFound]", "Did you mean \"cloze-small-en\"?");
    }

    @Test
    void whatOnlyTheHubCanTellIsSaidToBeOpen() {
        CommandRun run = CommandRun.here("doctor", "--model", "nobody/nothing-at-all");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("Nothing is wrong, as far as it can be known:")
                .contains("The model \"nobody/nothing-at-all\" is not on this machine");
    }

    @Test
    void jsonHasTheSameFactsAndProblemsAndNothingElse() {
        CommandRun run = CommandRun.here("doctor", "--json", "--model", "cloze-smal-en");
        assertThat(run.code()).isEqualTo(1);
        JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(report.getAsJsonArray("problems")).hasSize(1);
        assertThat(report.getAsJsonArray("problems").get(0).getAsString()).startsWith("[ModelNotFound]");
        JsonObject versions = report.getAsJsonArray("sections").get(0).getAsJsonObject();
        assertThat(versions.get("title").getAsString()).isEqualTo("Versions");
        assertThat(versions.getAsJsonArray("facts").asList()).anySatisfy(fact -> {
            assertThat(fact.getAsJsonObject().get("name").getAsString()).isEqualTo("Java");
            assertThat(fact.getAsJsonObject().get("value").getAsString())
                    .startsWith(System.getProperty("java.version"));
        });
    }

    @Test
    void offlineAModelThatIsNowhereIsAProblem() throws IOException, InterruptedException {
        CommandRun run = CommandRun.process(
                Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", folder.toString()),
                List.of(),
                "doctor",
                "--model",
                "nobody/nothing");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("[ModelOffline]", "HF_HUB_OFFLINE");
    }

    @Test
    void aLibtorchThatIsNotWhereTheVariableSaysIsAProblem() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("build-version"), "2.7.1+cpu\n");
        CommandRun run = CommandRun.process(
                Map.of("PYTORCH_LIBRARY_PATH", folder.toString(), "PYTORCH_FLAVOR", "cu128"), List.of(), "doctor");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("There is no libtorch in PYTORCH_LIBRARY_PATH=" + folder)
                .contains("PYTORCH_FLAVOR=cu128 asks for another flavour");
    }

    @Test
    void aCacheThatCannotBeWrittenIsAProblemThatNamesItsVariable() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        CommandRun run =
                CommandRun.process(Map.of("HF_HUB_CACHE", file.resolve("hub").toString()), List.of(), "doctor");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("cannot be written", "Set HF_HUB_CACHE to a folder");
    }
}
