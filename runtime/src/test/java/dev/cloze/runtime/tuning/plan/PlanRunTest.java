package dev.cloze.runtime.tuning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRunTest {

    @TempDir
    Path folder;

    private final List<String> done = new ArrayList<>();

    private PlanRun.Work writing(String text) {
        return (result, scratch) -> {
            done.add(text);
            Files.writeString(result.resolve("text"), text);
        };
    }

    @Test
    void aPlanSaysWhatItWillDo() {
        WorkPlan plan = new WorkPlan(List.of(
                new WorkPlan.Step("pattern-1-1", 250),
                new WorkPlan.Step("pattern-2-1", 250),
                new WorkPlan.Step("soft-labels", 0),
                new WorkPlan.Step("classifier", 5000)));
        assertThat(plan)
                .hasToString(
                        "3 trainings, 5,500 optimizer steps in all: pattern-1-1, pattern-2-1, soft-labels, classifier");
        assertThat(plan.updatesBefore("classifier")).isEqualTo(500);
        assertThat(plan.trainingNumber("classifier")).isEqualTo(3);
    }

    @Test
    void workBehindTrainingsCountsBesideTheirSteps() {
        WorkPlan plan = new WorkPlan(List.of(
                        new WorkPlan.Step("pattern-1-1", 250),
                        new WorkPlan.Step("pattern-2-1", 250),
                        new WorkPlan.Step("soft-labels", 0),
                        new WorkPlan.Step("classifier", 5000)))
                .behind(name -> name.startsWith("pattern-"), 40);
        assertThat(plan.work()).isEqualTo(5580);
        assertThat(plan.updates()).isEqualTo(5500);
        assertThat(plan.workBefore("pattern-2-1")).isEqualTo(290);
        assertThat(plan.workBefore("classifier")).isEqualTo(580);
        assertThat(plan.step("pattern-2-1")).hasValue(new WorkPlan.Step("pattern-2-1", 250, 40));
    }

    @Test
    void whatIsDoneIsNotDoneAgainUnlessItIsMadeOfSomethingElse() throws IOException {
        String first;
        try (PlanRun run = PlanRun.open(folder)) {
            first = run.step("a", Map.of("seed", "1"), writing("one")).hash();
        }
        try (PlanRun run = PlanRun.open(folder)) {
            FinishedStep again = run.step("a", Map.of("seed", "1"), writing("one"));
            assertThat(again.hash()).isEqualTo(first);
            assertThat(Files.readString(again.file("text"))).isEqualTo("one");
            assertThat(run.step("a", Map.of("seed", "2"), writing("two")).hash())
                    .isNotEqualTo(first);
        }
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void whatWasDamagedIsDoneAgain() throws IOException {
        try (PlanRun run = PlanRun.open(folder)) {
            run.step("a", Map.of(), writing("one"));
        }
        Files.writeString(folder.resolve("a/result/text"), "eno");
        try (PlanRun run = PlanRun.open(folder)) {
            assertThat(Files.readString(run.step("a", Map.of(), writing("one")).file("text")))
                    .isEqualTo("one");
        }
        assertThat(done).hasSize(2);
    }

    @Test
    void aDiskThatFillsUpLeavesWhatWasDoneAndNothingHalf() {
        try (PlanRun run = PlanRun.open(folder)) {
            run.step("a", Map.of(), writing("one"));
            assertThatThrownBy(() -> run.step("b", Map.of(), (result, scratch) -> {
                        Files.writeString(scratch.resolve("checkpoint"), "kept");
                        Files.writeString(result.resolve("text"), "half");
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DISK_WRITE))
                    .hasMessageContaining("The step b")
                    .hasMessageContaining("No space left on device");
        }
        assertThat(folder.resolve("a")).exists();
        assertThat(folder.resolve("b")).doesNotExist();
        assertThat(folder.resolve(".b.partial")).doesNotExist();
        try (PlanRun run = PlanRun.open(folder)) {
            run.step("a", Map.of(), writing("one"));
            run.step("b", Map.of(), (result, scratch) -> {
                assertThat(scratch.resolve("checkpoint")).hasContent("kept");
                done.add("b");
            });
        }
        assertThat(done).containsExactly("one", "b");
        assertThat(folder.resolve(".b.work")).doesNotExist();
    }

    @Test
    void whereNoFolderWasNamedAFullDiskSaysHowToNameOne() {
        try (PlanRun run = PlanRun.open(null)) {
            assertThatThrownBy(() -> run.step("a", Map.of(), (result, scratch) -> {
                        throw new IOException("No space left on device");
                    }))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.DISK_WRITE))
                    .hasMessageContaining("withCheckpointFolder")
                    .hasMessageNotContaining("intact");
        }
    }

    @Test
    void oneRunHoldsAFolderAndATemporaryOneIsGoneAfterwards() {
        try (PlanRun run = PlanRun.open(folder)) {
            assertThatThrownBy(() -> PlanRun.open(folder))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_CHECKPOINT));
            assertThat(run.step("a", Map.of(), writing("one")).folder()).exists();
        }
        Path temporary;
        try (PlanRun run = PlanRun.open(null)) {
            temporary = run.step("a", Map.of(), writing("one")).folder();
            assertThat(temporary).exists();
        }
        assertThat(temporary).doesNotExist();
    }

    @Test
    void anInterruptedThreadBeginsNoStep() {
        try (PlanRun run = PlanRun.open(folder)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run.step("a", Map.of(), writing("one")))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TRAINING_STOPPED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(done).isEmpty();
    }
}
