package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ArchiveWatch;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.Sentiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An archive that is replaced while its task serves. */
class ReloadTest {

    private static final Duration LOOKS = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private double first;

    private ApplicationContextRunner runner;

    @BeforeEach
    void tune() {
        Path archive = folder.resolve("review");
        first = Tuned.save(archive, 1);
        runner = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClozeAutoConfiguration.class))
                .withPropertyValues("cloze.zero-shot=true", "cloze.lazy=true", "cloze.tasks.review.archive=" + archive);
    }

    @Test
    void theNewOneAnswersOnceItIsAskedFor() {
        runner.run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            assertThat(positive(reviews)).isEqualTo(first, offset(1e-5));
            double second = Tuned.save(folder.resolve("review"), 2);
            assertThat(second).isNotCloseTo(first, offset(1e-4));
            assertThat(positive(reviews)).as("until then").isEqualTo(first, offset(1e-5));
            context.getBean(ClozeTasks.class).reload("review");
            assertThat(positive(reviews)).isEqualTo(second, offset(1e-5));
            assertThat(context.getBean(ClozeTasks.class).queues().tasks())
                    .as("the old one has left the engine")
                    .isEqualTo(1);
        });
    }

    @Test
    void theOldOneGoesOnWhereTheNewOneCannotBeOpened() {
        runner.run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            double before = positive(reviews);
            Files.write(folder.resolve("review/tuned.safetensors"), new byte[] {1, 2, 3});
            ClozeTasks tasks = context.getBean(ClozeTasks.class);
            assertThatThrownBy(() -> tasks.reload("review"))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ARCHIVE_UNREADABLE));
            assertThat(positive(reviews)).isEqualTo(before);
            assertThat(tasks.tasks())
                    .filteredOn(task -> task.name().equals("review"))
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.state()).isEqualTo(TaskStatus.State.OPEN);
                        assertThat(task.failure()).contains("[ArchiveUnreadable]");
                    });
        });
    }

    @Test
    void nobodyIsRefusedWhileItIsReplacedManyTimes() {
        runner.run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Integer>> asking = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asking.add(threads.submit((Callable<Integer>) () -> {
                    int asked = 0;
                    while (!done.get()) {
                        assertThat(positive(reviews)).isEqualTo(first, offset(1e-5));
                        asked++;
                    }
                    return asked;
                }));
            }
            for (int i = 0; i < 5; i++) {
                context.getBean(ClozeTasks.class).reload("review");
            }
            done.set(true);
            for (Future<Integer> one : asking) {
                assertThat(one.get()).isPositive();
            }
            threads.shutdown();
        });
    }

    @Test
    void aWatchedArchiveIsOpenedAnewByItself() {
        runner.withPropertyValues("cloze.reload-interval=50ms").run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            assertThat(positive(reviews)).isEqualTo(first, offset(1e-5));
            double second = Tuned.save(folder.resolve("review"), 2);
            awaitAnswer(reviews, second);
            assertThat(positive(reviews)).isEqualTo(second, offset(1e-5));
        });
    }

    @Test
    void anArchiveThatIsReplacedBeforeItIsWatchedIsOpenedToo() {
        runner.run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            assertThat(positive(reviews)).isEqualTo(first, offset(1e-5));
            double second = Tuned.save(folder.resolve("review"), 2);
            try (ArchiveWatch watch = ArchiveWatch.of(context.getBean(ClozeTasks.class), LOOKS)) {
                assertThat(watch).isNotNull();
                awaitAnswer(reviews, second);
            }
            assertThat(positive(reviews)).isEqualTo(second, offset(1e-5));
        });
    }

    @Test
    void whatHasBeenOpenedAnewByHandIsNotOnceMore() {
        runner.withPropertyValues("cloze.reload-interval=500ms").run(context -> {
            PromptPipeline<Review, Sentiment> reviews = reviews(context.getBean("reviewPipeline"));
            assertThat(positive(reviews)).isEqualTo(first, offset(1e-5));
            ClozeTasks tasks = context.getBean(ClozeTasks.class);
            double second = Tuned.save(folder.resolve("review"), 2);
            Instant byHand = tasks.reload("review").opened();
            Thread.sleep(2000);
            assertThat(review(tasks).opened()).isEqualTo(byHand);
            assertThat(positive(reviews)).isEqualTo(second, offset(1e-5));
        });
    }

    @Test
    void whatNobodyHasAskedIsNotOpenedForItsArchive() {
        runner.withPropertyValues("cloze.reload-interval=20ms").run(context -> {
            ClozeTasks tasks = context.getBean(ClozeTasks.class);
            double second = Tuned.save(folder.resolve("review"), 2);
            Thread.sleep(500);
            assertThat(review(tasks).state()).isEqualTo(TaskStatus.State.UNOPENED);
            assertThat(positive(reviews(context.getBean("reviewPipeline")))).isEqualTo(second, offset(1e-5));
        });
    }

    private static TaskStatus review(ClozeTasks tasks) {
        return tasks.tasks().stream()
                .filter(task -> task.name().equals("review"))
                .findFirst()
                .orElseThrow();
    }

    private static double positive(PromptPipeline<Review, Sentiment> reviews) {
        return Objects.requireNonNull(
                reviews.predict(Tuned.REVIEW).probabilities().get(Sentiment.POSITIVE));
    }

    @SuppressWarnings("unchecked")
    private static PromptPipeline<Review, Sentiment> reviews(Object bean) {
        return (PromptPipeline<Review, Sentiment>) bean;
    }

    private static void awaitAnswer(PromptPipeline<Review, Sentiment> reviews, double expected)
            throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (Math.abs(positive(reviews) - expected) > 1e-5 && Instant.now().isBefore(end)) {
            Thread.sleep(20);
        }
    }
}
