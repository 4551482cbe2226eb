package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Saved pipelines that are served, and what happens to their folders meanwhile. */
class ServeArchivesTest {

    private static final List<Labeled<DataRow, String>> EXAMPLES =
            List.of(example("a great film", "positive"), example("a dull mess", "negative"));

    @TempDir
    Path folder;

    private static Labeled<DataRow, String> example(String text, String label) {
        return new Labeled<>(new DataRow(Path.of("test"), 1, Map.of("text", text)), label);
    }

    private static void save(Path archive, TuningMethod method, int steps) {
        try (PromptPipeline<DataRow, String> tuned = PromptTrainer.of(
                        Served.reviews("{text} It was {mask}.", method).declared())
                .quiet()
                .options(options -> options.withMaxSteps(steps))
                .fit(EXAMPLES)) {
            tuned.save(archive);
        }
    }

    private static double probability(Served served) throws Exception {
        HttpResponse<String> response = served.post("/v1/tasks/saved/predict", Served.input("a great film"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Served.json(response)
                .getAsJsonObject("probabilities")
                .get("positive")
                .getAsDouble();
    }

    /** One in the shared engine, the other with weights of its own. */
    @ParameterizedTest
    @EnumSource(names = {"PROMPT_TUNING", "PROMPT_FINE_TUNING"})
    void anArchiveThatIsReplacedAnswersWithoutAPause(TuningMethod method) throws Exception {
        Path archive = folder.resolve("saved");
        save(archive, method, 1);
        try (Served served = new Served(List.of(TaskSource.saved("saved", archive)), Served.settings())) {
            double before = probability(served);
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Integer> meanwhile = CompletableFuture.supplyAsync(() -> askUntil(over, served));
            save(archive, method, 20);

            ServeFaultsTest.assertEventually(() -> Math.abs(probability(served) - before) > 1e-4);
            over.set(true);
            assertThat(meanwhile.join()).isPositive();
            try (PromptPipeline<DataRow, String> alone = PromptPipeline.load(
                    Served.reviews("{text} It was {mask}.", method).declared(), archive)) {
                double now =
                        alone.predict(EXAMPLES.get(0).input()).probabilities().getOrDefault("positive", 0.0);
                assertThat(Math.abs(probability(served) - now)).isLessThan(1e-5);
            }
        }
    }

    /** How many were answered; each of them must be. */
    private static int askUntil(AtomicBoolean over, Served served) {
        int answered = 0;
        try {
            while (!over.get()) {
                var unused = probability(served);
                answered++;
            }
            return answered;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anArchiveThatIsReplacedByOneThatCannotBeReadAnswersOn() throws Exception {
        Path archive = folder.resolve("saved");
        save(archive, TuningMethod.PROMPT_TUNING, 1);
        try (Served served = new Served(List.of(TaskSource.saved("saved", archive)), Served.settings())) {
            double before = probability(served);
            Files.writeString(archive.resolve("manifest.json"), "{}");

            ServeFaultsTest.assertEventually(() -> notReloaded(served).equals("[\"saved\"]"));
            assertThat(probability(served)).isEqualTo(before);
            save(folder.resolve("other"), TuningMethod.PROMPT_TUNING, 20);
            Files.copy(
                    folder.resolve("other").resolve("manifest.json"),
                    archive.resolve("manifest.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(probability(served)).isEqualTo(before);
        }
    }

    /** As {@code cp -r} does where the weights take longer than the time between two looks. */
    @Test
    void anArchiveThatIsCopiedInFileByFileAnswersWhenItIsWhole() throws Exception {
        Path archive = folder.resolve("saved");
        Path other = folder.resolve("other");
        save(archive, TuningMethod.PROMPT_TUNING, 1);
        save(other, TuningMethod.PROMPT_TUNING, 20);
        try (Served served = new Served(List.of(TaskSource.saved("saved", archive)), Served.settings())) {
            double before = probability(served);
            replace(archive, "manifest.json", Files.readAllBytes(other.resolve("manifest.json")));
            ServeFaultsTest.assertEventually(() -> notReloaded(served).equals("[\"saved\"]"));
            assertThat(probability(served)).isEqualTo(before);

            replace(archive, "tuned.safetensors", Files.readAllBytes(other.resolve("tuned.safetensors")));
            ServeFaultsTest.assertEventually(() -> Math.abs(probability(served) - before) > 1e-4);
            assertThat(notReloaded(served)).isEqualTo("[]");
        }
    }

    private static void replace(Path archive, String file, byte[] content) throws IOException {
        Files.write(archive.resolve(file), content);
    }

    private static String notReloaded(Served served) throws IOException, InterruptedException {
        return Served.json(served.get("/health")).getAsJsonArray("notReloaded").toString();
    }

    @Test
    void aModelWhoseFolderVanishesAnswersOn() throws Exception {
        Path model = folder.resolve("model");
        try (LanguageModel tiny = LanguageModel.open("cloze-tiny-en")) {
            copy(tiny.folder().path(), model);
        }
        SpokenTask usual = Served.reviews("{text} It was {mask}.", TuningMethod.PROMPT_FINE_TUNING);
        SpokenTask task = new SpokenTask(
                usual.templates(),
                usual.labels(),
                model.toString(),
                usual.method(),
                usual.multiTokenWords(),
                usual.calibration(),
                Map.of());
        try (Served served = new Served(List.of(TaskSource.untrained("saved", task)), Served.settings())) {
            double before = probability(served);
            DiskFolders.delete(model);
            assertThat(model).doesNotExist();
            assertThat(probability(served)).isEqualTo(before);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }
}
