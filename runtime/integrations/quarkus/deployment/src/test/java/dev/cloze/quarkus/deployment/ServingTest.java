package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.quarkus.deployment.tasks.Film;
import dev.cloze.quarkus.deployment.tasks.Film_GapPipeline;
import dev.cloze.quarkus.deployment.tasks.Review;
import dev.cloze.quarkus.deployment.tasks.ReviewPipeline;
import dev.cloze.quarkus.deployment.tasks.Sentiment;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An archive that is replaced, a model that vanishes and a stop, while there are questions. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServingTest {

    private static final String ARCHIVE = "test.of.quarkus.served-archive";
    private static final String MODELS = "test.of.quarkus.served-models";
    private static final String ANSWERED = "test.of.quarkus.answered-at-stop";
    private static final int ASKED = 40;

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> {
                Applications.withTasks(application, ReviewPipeline.class, Film_GapPipeline.class);
                application.addClasses(Applications.class, Own.class);
            })
            .setBeforeAllCustomizer(() -> System.clearProperty(ANSWERED))
            .overrideRuntimeConfigKey(
                    "quarkus.cloze.models", Applications.modelFolder(MODELS).toString())
            .overrideRuntimeConfigKey(
                    "quarkus.cloze.tasks.review.archive",
                    Applications.copied(ARCHIVE).toString())
            .overrideRuntimeConfigKey("quarkus.cloze.reload-interval", "50ms")
            .overrideRuntimeConfigKey("quarkus.cloze.serving.rows", "2")
            .setAfterUndeployListener(ServingTest::requireAnswers);

    /** The application's own pipeline of a task, of which no property says where it would come from. */
    @Singleton
    static class Own {

        @Produces
        @Singleton
        ClozePipeline<Film.Gap> gaps() {
            return Film_GapPipeline.zeroShot();
        }

        void close(@jakarta.enterprise.inject.Disposes ClozePipeline<Film.Gap> gaps) {
            gaps.close();
        }
    }

    @Inject
    PromptPipeline<Review, Sentiment> reviews;

    @Inject
    ClozePipeline<Film.Gap> gaps;

    @Inject
    ClozeTasks tasks;

    @Test
    @Order(1)
    void thePipelineThatTheApplicationDefinesIsTheOnlyOne() {
        assertThat(gaps.predict(new Film.Gap("Long.")).words()).hasSize(3);
        assertThat(tasks.tasks()).extracting(TaskStatus::name).containsExactly("review");
    }

    @Test
    @Order(2)
    void theOldArchiveGoesOnWhereTheNewOneCannotBeOpened() throws IOException {
        double before = Applications.positive(reviews);
        Path weights = Path.of(System.getProperty(ARCHIVE)).resolve("tuned.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> tasks.reload("review"))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_UNREADABLE))
                .hasMessageContaining("quarkus.cloze.tasks.review.archive");
        assertThat(Applications.positive(reviews)).isEqualTo(before, offset(1e-5));
        Files.write(weights, whole);
        assertThat(tasks.reload("review").failure()).isNull();
    }

    @Test
    @Order(3)
    void aWatchedArchiveIsOpenedAnewByItself() {
        double before = Applications.positive(reviews);
        Path archive = Applications.tuned(Path.of(System.getProperty(ARCHIVE)), 2);
        double next = Applications.positive(archive);
        assertThat(next).isNotCloseTo(before, offset(1e-4));
        await(() -> Math.abs(Applications.positive(reviews) - next) < 1e-5);
    }

    @Test
    @Order(4)
    void theModelsFolderMayVanish() throws IOException {
        double before = Applications.positive(reviews);
        Applications.delete(Path.of(System.getProperty(MODELS)));
        for (int i = 0; i < 20; i++) {
            reviews.predict(new Review("Another film, number " + i + ", which nobody has asked for yet."));
        }
        assertThat(Applications.positive(reviews)).isEqualTo(before, offset(1e-5));
    }

    /** What the stop makes of it, {@link #requireAnswers} sees. */
    @Test
    @Order(5)
    void itIsStoppedWhileItIsAsked() throws InterruptedException {
        CountDownLatch asking = new CountDownLatch(ASKED);
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < ASKED; i++) {
            Review review = new Review("Number " + i + ".");
            new Thread(() -> {
                        asking.countDown();
                        reviews.predict(review);
                        if (answered.incrementAndGet() == ASKED) {
                            await(() -> tasks.tasks().get(0).state() == State.CLOSED);
                            System.setProperty(ANSWERED, "all");
                        }
                    })
                    .start();
        }
        assertThat(asking.await(30, TimeUnit.SECONDS)).isTrue();
        await(() ->
                tasks.queues().waiting() + tasks.queues().rows() + answered.get() >= ASKED || answered.get() == ASKED);
    }

    private static void requireAnswers() {
        await(() -> System.getProperty(ANSWERED) != null);
        assertThat(System.getProperty(ANSWERED)).isEqualTo("all");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it has waited long enough").isLessThan(end);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
