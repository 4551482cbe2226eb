package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import dev.cloze.spring.boot.tasks.Film;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.ReviewPipeline;
import dev.cloze.spring.boot.tasks.Sentiment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pipelines are injected by their types, as the properties have them. */
class PipelineBeansTest {

    @TempDir
    private static Path archives;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ClozeAutoConfiguration.class))
            .withPropertyValues("cloze.zero-shot=true");

    @BeforeAll
    static void tune() {
        try (PromptPipeline<Review, Sentiment> tuned = ReviewPipeline.trainer()
                .method(TuningMethod.PROMPT_TUNING)
                .fit(List.of(
                        new Labeled<>(new Review("Lovely."), Sentiment.POSITIVE),
                        new Labeled<>(new Review("Dreadful."), Sentiment.NEGATIVE)))) {
            tuned.save(archives.resolve("review"));
        }
    }

    record Shop(
            PromptPipeline<Review, Sentiment> reviews,
            RegressionPipeline<Film.Rating> ratings,
            ClozePipeline<Film.Gap> gaps,
            ExtractionPipeline<Film.Parts, Film.Part> parts,
            TextPipeline<Film.Summary> summaries) {}

    @Configuration(proxyBeanMethods = false)
    static class ShopConfiguration {
        @Bean
        Shop shop(
                PromptPipeline<Review, Sentiment> reviews,
                RegressionPipeline<Film.Rating> ratings,
                ClozePipeline<Film.Gap> gaps,
                ExtractionPipeline<Film.Parts, Film.Part> parts,
                TextPipeline<Film.Summary> summaries) {
            return new Shop(reviews, ratings, gaps, parts, summaries);
        }
    }

    @Test
    void everyKindIsInjectedByItsGenericsAndAnswersAsItDoesAlone() {
        runner.withUserConfiguration(ShopConfiguration.class).run(context -> {
            assertThat(context).hasNotFailed();
            Shop shop = context.getBean(Shop.class);
            Review review = new Review("A warm, funny film.");
            try (PromptPipeline<Review, Sentiment> alone = ReviewPipeline.zeroShot()) {
                assertThat(shop.reviews().predict(review).probability())
                        .isEqualTo(alone.predict(review).probability(), org.assertj.core.data.Offset.offset(1e-5));
                assertThat(shop.reviews().labels()).isEqualTo(alone.labels());
            }
            assertThat(shop.ratings().predict(new Film.Rating("Long."))).isBetween(0.0, 5.0);
            assertThat(shop.gaps().predict(new Film.Gap("Long.")).words()).hasSize(3);
            assertThat(shop.parts().extract(new Film.Parts("Anna went to Rome.")))
                    .isNotNull();
            TextPipeline<Film.Summary> brief = shop.summaries().withOptions(options -> options.withMaxTokens(3));
            assertThat(brief.generateAll(new Film.Summary("Anna went home."))
                            .get(0)
                            .ids())
                    .hasSizeBetween(0, 3);
            assertThat(context.getBean(ClozeTasks.class).tasks())
                    .extracting(TaskStatus::name)
                    .containsExactlyInAnyOrder(
                            "review", "support-ticket", "film-rating", "film-gap", "film-parts", "film-summary");
        });
    }

    @Test
    void aTunedPipelineIsOpenedFromItsArchiveAndSharesTheModelWithOthers() {
        runner.withPropertyValues("cloze.archives=" + archives).run(context -> {
            ClozeTasks tasks = context.getBean(ClozeTasks.class);
            assertThat(tasks.tasks())
                    .filteredOn(task -> task.name().equals("review"))
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.archive()).isEqualTo(archives.resolve("review"));
                        assertThat(task.state()).isEqualTo(State.OPEN);
                    });
            Review review = new Review("A warm, funny film.");
            Prediction<Sentiment> answer =
                    reviews(context.getBean("reviewPipeline")).predict(review);
            try (PromptPipeline<Review, Sentiment> alone = ReviewPipeline.load(archives.resolve("review"))) {
                assertThat(answer.probability())
                        .isEqualTo(alone.predict(review).probability(), org.assertj.core.data.Offset.offset(1e-5));
            }
            assertThat(tasks.queues().tasks()).as("each has a queue").isEqualTo(6);
            assertThat(tasks.queues().answered()).isEqualTo(1);
        });
    }

    /** One input is answered while another waits for a minute: a third is one too many. */
    @Test
    void aTaskHasABoundAndAWaitOfItsOwn() {
        runner.withUserConfiguration(ShopConfiguration.class)
                .withPropertyValues("cloze.tasks.review.capacity=1", "cloze.tasks.review.gathering=1m")
                .run(context -> {
                    Shop shop = context.getBean(Shop.class);
                    ClozeTasks tasks = context.getBean(ClozeTasks.class);
                    CompletableFuture<Prediction<Sentiment>> first =
                            CompletableFuture.supplyAsync(() -> shop.reviews().predict(new Review("Lovely.")));
                    while (tasks.queues().waiting() == 0) {
                        Thread.onSpinWait();
                    }
                    assertThatThrownBy(() -> shop.reviews().predict(new Review("Dull.")))
                            .hasMessageContaining("at most 1 may wait");
                    assertThat(shop.ratings().predict(new Film.Rating("Long."))).isBetween(0.0, 5.0);
                    assertThat(first.get().label()).isNotNull();
                });
    }

    @Test
    void withoutServingEachAnswersByItself() {
        runner.withPropertyValues("cloze.serving.enabled=false").run(context -> {
            reviews(context.getBean("reviewPipeline")).predict(new Review("Lovely."));
            assertThat(context.getBean(ClozeTasks.class).queues().tasks()).isZero();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConfiguration {
        @Bean
        PromptPipeline<Review, Sentiment> mine() {
            return ReviewPipeline.zeroShot();
        }
    }

    @Test
    void thePipelineThatTheApplicationDefinesIsTheOnlyOne() {
        runner.withPropertyValues("cloze.zero-shot=false", "cloze.tasks.support-ticket.zero-shot=true")
                .withPropertyValues(
                        "cloze.tasks.film-rating.enabled=false",
                        "cloze.tasks.film-gap.enabled=false",
                        "cloze.tasks.film-parts.enabled=false",
                        "cloze.tasks.filmsummary.enabled=false")
                .withUserConfiguration(OwnConfiguration.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanNamesForType(PromptPipeline.class))
                            .containsExactlyInAnyOrder("mine", "supportTicketPipeline");
                    assertThat(context.getBeansOfType(RegressionPipeline.class)).isEmpty();
                });
    }

    record Two(PromptPipeline<Review, Sentiment> usual, PromptPipeline<Review, Sentiment> tuned) {}

    @Configuration(proxyBeanMethods = false)
    static class TwoConfiguration {
        @Bean
        Two two(
                PromptPipeline<Review, Sentiment> usual,
                @Qualifier("tuned-review") PromptPipeline<Review, Sentiment> tuned) {
            return new Two(usual, tuned);
        }
    }

    @Test
    void aFurtherPipelineOfATaskIsInjectedByItsQualifierAlone() {
        runner.withPropertyValues(
                        "cloze.tasks.tuned-review.of=review",
                        "cloze.tasks.tuned-review.archive=" + archives.resolve("review"))
                .withUserConfiguration(TwoConfiguration.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Two two = context.getBean(Two.class);
                    assertThat(two.usual()).isSameAs(context.getBean("reviewPipeline"));
                    assertThat(two.tuned()).isSameAs(context.getBean("tunedReviewPipeline"));
                    Review review = new Review("A warm, funny film.");
                    assertThat(two.usual().predict(review).probability())
                            .isNotEqualTo(two.tuned().predict(review).probability());
                });
    }

    @Test
    void aLazyPipelineIsOpenedWhenItIsFirstAsked() {
        runner.withPropertyValues("cloze.lazy=true", "cloze.tasks.film-gap.lazy=false")
                .run(context -> {
                    ClozeTasks tasks = context.getBean(ClozeTasks.class);
                    assertThat(state(tasks, "review")).isEqualTo(State.UNOPENED);
                    assertThat(state(tasks, "film-gap")).isEqualTo(State.OPEN);
                    reviews(context.getBean("reviewPipeline")).predict(new Review("Lovely."));
                    assertThat(state(tasks, "review")).isEqualTo(State.OPEN);
                });
    }

    @Test
    void theApplicationClosesThemAndTakesItsSettingsAlong(@TempDir Path models) {
        Object[] bean = new Object[1];
        runner.withPropertyValues("cloze.models=" + models).run(context -> {
            assertThat(System.getProperty("cloze.models")).isEqualTo(models.toString());
            bean[0] = context.getBean("reviewPipeline");
        });
        assertThat(System.getProperty("cloze.models")).isNull();
        assertThatThrownBy(() -> reviews(bean[0]).predict(new Review("Late.")))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.PIPELINE_CLOSED));
    }

    @Test
    void switchedOffThereIsNone() {
        runner.withPropertyValues("cloze.enabled=false")
                .run(context ->
                        assertThat(context.getBeansOfType(AutoCloseable.class)).isEmpty());
    }

    @Test
    void theArchiveOfATaskOfAnotherKindIsRefused(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("film-rating"));
        Files.copy(archives.resolve("review/manifest.json"), folder.resolve("film-rating/manifest.json"));
        Files.copy(archives.resolve("review/tuned.safetensors"), folder.resolve("film-rating/tuned.safetensors"));
        runner.withPropertyValues("cloze.archives=" + folder)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("[Archive"));
    }

    private static State state(ClozeTasks tasks, String name) {
        return tasks.tasks().stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @SuppressWarnings("unchecked")
    private static PromptPipeline<Review, Sentiment> reviews(Object bean) {
        return (PromptPipeline<Review, Sentiment>) bean;
    }
}
