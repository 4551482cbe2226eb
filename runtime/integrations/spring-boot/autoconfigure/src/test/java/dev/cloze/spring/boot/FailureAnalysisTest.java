package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.ReviewPipeline;
import dev.cloze.spring.boot.tasks.Sentiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** An application that can't start says which property to set. */
class FailureAnalysisTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ClozeAutoConfiguration.class));

    @Test
    void aTaskWithoutArchiveNamesTheThreePropertiesThatWouldDo() {
        FailureAnalysis analysis = failure(
                Problem.CONFIG_ARCHIVE_MISSING,
                "cloze.tasks.support-ticket.zero-shot=true",
                "cloze.tasks.film-rating.zero-shot=true",
                "cloze.tasks.film-gap.zero-shot=true",
                "cloze.tasks.film-parts.zero-shot=true",
                "cloze.tasks.film-summary.zero-shot=true");
        assertThat(analysis.getDescription()).startsWith("[ConfigArchiveMissing] The task review has no archive");
        assertThat(analysis.getAction())
                .contains(
                        "cloze.tasks.review.archive",
                        "cloze.tasks.review.zero-shot=true",
                        "cloze.tasks.review.enabled");
    }

    /** Though the bean that holds them was never made. */
    @Test
    void settingsOfTheJvmGoWithAnApplicationThatFailsBeforeItsPipelines(@TempDir Path folder) {
        runner.withUserConfiguration(Broken.class)
                .withPropertyValues("cloze.zero-shot=true", "cloze.models=" + folder)
                .run(context -> assertThat(context).hasFailed());
        assertThat(System.getProperty("cloze.models")).isNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {
        @Bean
        String broken() {
            assertThat(System.getProperty("cloze.models")).isNotNull();
            throw new IllegalStateException("no connection");
        }
    }

    @Test
    void anArchiveThatIsNotThereIsNamedEvenWhereItWouldBeOpenedLater() {
        FailureAnalysis analysis = failure(
                Problem.CONFIG_ARCHIVE_MISSING,
                "cloze.zero-shot=true",
                "cloze.lazy=true",
                "cloze.tasks.review.archive=/nowhere/review");
        assertThat(analysis.getDescription()).contains("/nowhere/review, which is not there");
        assertThat(analysis.getAction()).contains("cloze.tasks.review.archive");
    }

    @Test
    void aFolderThatIsNoArchiveIsToldWithItsProperty(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        FailureAnalysis analysis =
                failure(Problem.ARCHIVE_UNREADABLE, "cloze.zero-shot=true", "cloze.tasks.review.archive=" + folder);
        assertThat(analysis.getDescription()).contains("it is the folder of a model");
        assertThat(analysis.getAction()).startsWith("Set cloze.tasks.review.archive to the folder");
    }

    @Test
    void anArchiveOfAnotherTemplateIsToldWithTheDifference(@TempDir Path folder) {
        ClassificationTask<Review, Sentiment> other = ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} All in all {mask}.")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great", "good")
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .tuning(ReviewPipeline.TASK.tuning())
                .build();
        try (PromptPipeline<Review, Sentiment> tuned = dev.cloze.runtime.PromptTrainer.of(other)
                .fit(List.of(
                        new Labeled<>(new Review("Lovely."), Sentiment.POSITIVE),
                        new Labeled<>(new Review("Dreadful."), Sentiment.NEGATIVE)))) {
            tuned.save(folder);
        }
        FailureAnalysis analysis =
                failure(Problem.ARCHIVE_MISMATCH, "cloze.zero-shot=true", "cloze.tasks.review.archive=" + folder);
        assertThat(analysis.getDescription()).contains("All in all");
        assertThat(analysis.getAction()).contains("cloze.tasks.review.archive", "tune and save it anew");
    }

    @Test
    void aMisspeltTaskIsAnsweredWithTheNearest() {
        FailureAnalysis analysis = failure(
                Problem.CONFIG_TASK_UNKNOWN, "cloze.zero-shot=true", "cloze.tasks.suport-ticket.archive=models/ticket");
        assertThat(analysis.getAction()).startsWith("Did you mean \"support-ticket\"?");
    }

    @Test
    void archiveAndZeroShotExcludeEachOther(@TempDir Path folder) {
        FailureAnalysis analysis = failure(
                Problem.CONFIG_SETTING,
                "cloze.tasks.review.archive=" + folder,
                "cloze.tasks.review.zero-shot=true",
                "cloze.zero-shot=true");
        assertThat(analysis.getDescription()).contains("both set");
    }

    @Test
    void aModelThatIsNotThereIsLookedForWhereAPropertySays(@TempDir Path empty) {
        FailureAnalysis analysis = failure(
                Problem.DEVICE_UNAVAILABLE, "cloze.zero-shot=true", "cloze.device=gpu:99", "cloze.models=" + empty);
        assertThat(analysis.getAction()).contains("cloze.device");
    }

    @Test
    void aQueueOfAnImpossibleSizeIsRefused() {
        failure(Problem.SERVING_SETTING, "cloze.zero-shot=true", "cloze.serving.capacity=0");
        FailureAnalysis analysis =
                failure(Problem.CONFIG_SETTING, "cloze.zero-shot=true", "cloze.tasks.review.gathering=2m");
        assertThat(analysis.getDescription()).contains("cloze.tasks.review.gathering", "0 to one minute");
    }

    @Test
    void archivesThatAreLookedAtWithoutAPauseAreRefused() {
        FailureAnalysis analysis =
                failure(Problem.CONFIG_SETTING, "cloze.zero-shot=true", "cloze.lazy=true", "cloze.reload-interval=0");
        assertThat(analysis.getDescription()).contains("reload-interval is 0 ms");
        assertThat(analysis.getAction()).contains("such as 10s", "leave it out");
    }

    /** What Boot prints when the application fails to start with these properties. */
    private FailureAnalysis failure(Problem expected, String... properties) {
        List<FailureAnalysis> found = new ArrayList<>();
        runner.withPropertyValues(properties).run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            for (ClozeFailureAnalyzer analyzer : analyzers()) {
                found.add(Objects.requireNonNull(analyzer.analyze(failure)));
            }
        });
        FailureAnalysis analysis = found.get(0);
        assertThat(((ClozeException) Objects.requireNonNull(analysis.getCause())).problem())
                .isEqualTo(expected);
        return analysis;
    }

    private static List<ClozeFailureAnalyzer> analyzers() {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, error) -> {
                    if (name.startsWith("dev.cloze")) {
                        throw new AssertionError(name, error);
                    }
                })
                .stream()
                .filter(ClozeFailureAnalyzer.class::isInstance)
                .map(ClozeFailureAnalyzer.class::cast)
                .toList();
    }
}
