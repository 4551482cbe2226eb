package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.StagedRuns;
import dev.cloze.runtime.StagedRuns.Run;
import dev.cloze.runtime.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose process is killed at one stage after the other, each time by itself at a known place. */
class KilledStagesTest {

    /** The stages of a plan's step with a training: its folder, a step, two ends of a checkpoint, what it leaves, its name. */
    private static final Map<Run, List<String>> STAGES = Map.of(
            Run.PET,
            List.of(
                    "text 900", // spooling
                    "name unlabeled-texts", // spooled, but not yet by its name
                    "folder \\.pattern-1-1\\.partial", // between spooling and the first model
                    "pattern-1-1 step 3",
                    "open \\.pattern-1-1\\.work/.*/\\.step-4\\.partial/training\\.json", // half a checkpoint
                    "pattern-1-1 is trained",
                    "open \\.pattern-1-1\\.partial/result/scores\\.bin", // about to label
                    "write \\.pattern-1-1\\.partial/result/scores\\.bin", // two thirds are labelled
                    "name pattern-1-1",
                    "name \\.unlabeled-texts\\.old", // spooling again, after there is a model
                    "delete \\.pattern-1-2\\.work/.*/step-6.*", // the model is whole, its checkpoint half gone
                    "folder \\.pattern-2-1\\.partial", // between two models
                    "pattern-2-2 step 5",
                    "folder \\.soft-labels\\.partial",
                    "write \\.soft-labels\\.partial/result/soft-labels\\.bin",
                    "name soft-labels",
                    "folder \\.classifier\\.partial",
                    "classifier step 3",
                    "classifier is trained",
                    "name \\.classifier\\.partial/result/weights\\.safetensors",
                    "name classifier"),
            Run.PET_ENSEMBLE,
            List.of("name \\.pattern-1-2\\.partial/result/weights\\.safetensors", "folder \\.pattern-2-2\\.partial"),
            Run.IPET,
            List.of(
                    "generation-1-pattern-1-2 step 3",
                    "open \\.generation-1-pattern-2-2\\.partial/result/scores\\.bin",
                    "folder \\.generation-2-pattern-1-1\\.partial", // between two generations
                    "generation-2-pattern-1-2 step 3",
                    "write \\.generation-2-pattern-2-1\\.partial/result/scores\\.bin",
                    "name soft-labels",
                    "classifier step 5"),
            Run.IPET_ZERO_SHOT,
            List.of("write \\.untrained-2\\.partial/result/scores\\.bin", "generation-2-pattern-1-1 step 1"),
            Run.LM_BFF,
            List.of(
                    "model-1 step 3",
                    "open \\.model-2\\.work/.*/\\.step-4\\.partial/training\\.json",
                    "name model-2",
                    "folder \\.model-3\\.partial",
                    "model-3 is trained"),
            Run.FINE_TUNING,
            List.of(
                    "training step 1", // before there is any checkpoint
                    "open \\.step-4\\.partial/training\\.json",
                    "delete \\.step-2\\.old/.*", // the next is whole, this one half gone
                    "training is trained"),
            Run.SETFIT,
            List.of("training step 3", "name step-4", "training is trained"));

    /** One of each kind. */
    private static final Map<Run, List<String>> FEW = Map.of(
            Run.PET,
            List.of(
                    "text 900",
                    "pattern-1-1 step 3",
                    "write \\.pattern-1-1\\.partial/result/scores\\.bin",
                    "folder \\.pattern-2-1\\.partial",
                    "write \\.soft-labels\\.partial/result/soft-labels\\.bin",
                    "classifier step 3"),
            Run.IPET,
            List.of(
                    "generation-2-pattern-1-2 step 3",
                    "write \\.generation-2-pattern-2-1\\.partial/result/scores\\.bin"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"PET", "IPET"})
    void theResultIsThatOfARunThatNobodyKilled(Run run) throws Exception {
        assertGoesOn(run, Objects.requireNonNull(FEW.get(run)));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void andSoItIsWhereverItIsKilled(Run run) throws Exception {
        assertGoesOn(run, Objects.requireNonNull(STAGES.get(run)));
    }

    private void assertGoesOn(Run run, List<String> stages) throws Exception {
        String whole = StagedRuns.run(run, folder.resolve("whole"), Stages.undisturbed(folder.resolve("whole")));
        for (String stage : stages) {
            ChildJvm killed = start(run, stage);
            assertThat(killed.process().waitFor())
                    .as(() -> stage + ": " + killed.outputFile())
                    .isEqualTo(137);
            assertThat(Files.readString(folder.resolve("killed"))).matches(stage);
            Files.delete(folder.resolve("killed"));
            assertStandsAt(stage);
        }
        ChildJvm last = start(run, "(?!)");
        assertThat(last.await()).as(last.output()).isZero();
        assertThat(folder.resolve("answers")).hasContent(whole);
    }

    private ChildJvm start(Run run, String stage) throws Exception {
        String at = folder.resolve("run").toString();
        return ChildJvm.start(
                StagedRuns.class,
                List.of(run.name(), at, folder.resolve("answers").toString(), stage));
    }

    /** What the stage was about is not there by its name; what was done before it is. */
    private void assertStandsAt(String stage) throws Exception {
        Path run = folder.resolve("run");
        if (stage.startsWith("name ") && !stage.contains("/") && !stage.startsWith("name \\.")) {
            assertThat(run.resolve(stage.substring("name ".length()))).doesNotExist();
        }
        try (Stream<Path> entries = Files.list(run)) {
            List<String> names =
                    entries.map(entry -> entry.getFileName().toString()).toList();
            assertThat(names).allSatisfy(name -> {
                if (!name.startsWith(".") && !name.startsWith("step-")) {
                    assertThat(run.resolve(name).resolve("step.json")).exists();
                }
            });
        }
    }
}
