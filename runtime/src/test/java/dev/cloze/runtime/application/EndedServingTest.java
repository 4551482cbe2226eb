package dev.cloze.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A JVM that is asked to end while an application's tasks are asked: hooks run beside one another, in no order. */
class EndedServingTest {

    private static final int SIGTERM = 143;

    @Test
    void whatHasBeenAskedIsAnsweredBeforeItEnds() throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(Asked.class, List.of());
        while (child.process().isAlive()
                && !Files.readString(child.outputFile()).contains("asked")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        child.process().destroy();
        assertThat(child.output()).contains("asked", "failed 0").doesNotContain("fatal error");
        assertThat(child.await()).isEqualTo(SIGTERM);
    }

    /** Asks from some threads, as a web server would, until somebody ends it. */
    static final class Asked {

        private static volatile boolean ending;

        public static void main(String[] arguments) {
            ConfiguredTask task = new ConfiguredTask(
                    "review",
                    DeclaredPipeline.of(Reviews.TASK),
                    false,
                    null,
                    false,
                    null,
                    null,
                    new SettingNames("cloze.", "[", "]"));
            ClozeTasks tasks = new ClozeTasks(List.of(task), Optional.of(EngineSettings.defaults()), Calls.PLAIN);
            @SuppressWarnings("unchecked")
            PromptPipeline<Review, Sentiment> reviews = (PromptPipeline<Review, Sentiment>) tasks.bean("review");
            AtomicInteger answered = new AtomicInteger();
            AtomicInteger failed = new AtomicInteger();
            List<Thread> asking = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                asking.add(new Thread(() -> ask(reviews, answered, failed)));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                await(500); // the web server lets its last requests go
                ending = true;
                tasks.stop(Duration.ofSeconds(10));
                asking.forEach(EndedServingTest::join);
                System.out.println("failed " + failed + " of " + (failed.get() + answered.get()));
            }));
            asking.forEach(Thread::start);
            while (answered.get() < 20) {
                await(5);
            }
            System.out.println("asked");
        }

        private static void ask(
                PromptPipeline<Review, Sentiment> reviews, AtomicInteger answered, AtomicInteger failed) {
            while (!ending) {
                long since = System.nanoTime();
                try {
                    reviews.predict(new Review("Number " + answered + "."));
                    answered.incrementAndGet();
                } catch (ClozeException e) {
                    boolean atOnce = System.nanoTime() - since < TimeUnit.SECONDS.toNanos(5);
                    if (!(ending && atOnce && e.problem() == Problem.PIPELINE_CLOSED)) { // it came when all was closed
                        failed.incrementAndGet();
                    }
                }
            }
        }

        private static void await(long millis) {
            try {
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
