package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.cloze.quarkus.deployment.tasks.Film;
import dev.cloze.quarkus.deployment.tasks.Film_GapPipeline;
import dev.cloze.quarkus.deployment.tasks.Film_PartsPipeline;
import dev.cloze.quarkus.deployment.tasks.Film_RatingPipeline;
import dev.cloze.quarkus.deployment.tasks.Film_SummaryPipeline;
import dev.cloze.quarkus.deployment.tasks.Review;
import dev.cloze.quarkus.deployment.tasks.ReviewPipeline;
import dev.cloze.quarkus.deployment.tasks.Sentiment;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.runtime.application.TaskStatus.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pipelines of all kinds are injected by their types, as the configuration has them. */
class PipelineBeansTest {

    private static final Path ARCHIVE = Applications.tuned();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> {
                Applications.withTasks(
                        application,
                        ReviewPipeline.class,
                        Film_RatingPipeline.class,
                        Film_GapPipeline.class,
                        Film_PartsPipeline.class,
                        Film_SummaryPipeline.class);
                application.addClass(Applications.class);
                Applications.withArchive(application, ARCHIVE, "archives/tuned");
            })
            .overrideConfigKey("quarkus.cloze.tasks.packaged-review.of", "review")
            .overrideConfigKey("quarkus.cloze.tasks.packaged-review.packaged", "archives/tuned")
            .overrideConfigKey("quarkus.cloze.tasks.tuned-review.of", "review")
            .overrideRuntimeConfigKey("quarkus.cloze.tasks.tuned-review.archive", ARCHIVE.toString())
            .overrideRuntimeConfigKey("quarkus.cloze.tasks.film-summary.lazy", "true")
            .overrideRuntimeConfigKey("quarkus.cloze.zero-shot", "true");

    @Inject
    PromptPipeline<Review, Sentiment> reviews;

    @Inject
    @Identifier("tuned-review")
    PromptPipeline<Review, Sentiment> tuned;

    @Inject
    @Identifier("packaged-review")
    PromptPipeline<Review, Sentiment> packaged;

    @Inject
    RegressionPipeline<Film.Rating> ratings;

    @Inject
    ClozePipeline<Film.Gap> gaps;

    @Inject
    ExtractionPipeline<Film.Parts, Film.Part> parts;

    @Inject
    TextPipeline<Film.Summary> summaries;

    @Inject
    ClozeTasks tasks;

    @Inject
    MeterRegistry meters;

    @Test
    void everyKindIsInjectedByItsGenericsAndAnswersAsItDoesAlone() {
        try (PromptPipeline<Review, Sentiment> alone = ReviewPipeline.zeroShot()) {
            assertThat(Applications.positive(reviews)).isEqualTo(Applications.positive(alone), offset(1e-5));
        }
        assertThat(ratings.predict(new Film.Rating("Long."))).isBetween(0.0, 5.0);
        assertThat(gaps.predict(new Film.Gap("Long.")).words()).hasSize(3);
        assertThat(parts.extract(new Film.Parts("Anna went to Rome."))).isNotNull();
        assertThat(state("film-summary")).isEqualTo(State.UNOPENED);
        TextPipeline<Film.Summary> brief = summaries.withOptions(options -> options.withMaxTokens(3));
        assertThat(brief.generateAll(new Film.Summary("Anna went home.")).get(0).ids())
                .hasSizeBetween(0, 3);
        assertThat(state("film-summary")).isEqualTo(State.OPEN);
    }

    @Test
    void furtherPipelinesOfATaskAreInjectedByTheirIdentifiers() {
        double expected = Applications.positive(ARCHIVE);
        assertThat(Applications.positive(tuned)).isEqualTo(expected, offset(1e-5));
        assertThat(Applications.positive(packaged)).isEqualTo(expected, offset(1e-5));
        assertThat(Applications.positive(reviews)).isNotCloseTo(expected, offset(1e-4));
    }

    @Test
    void aPackagedArchiveIsUnpackedAsLongAsTheApplicationRuns() {
        assertThat(tasks.tasks())
                .filteredOn(task -> task.name().equals("packaged-review"))
                .singleElement()
                .satisfies(task -> assertThat(Files.isDirectory(Objects.requireNonNull(task.archive())))
                        .isTrue());
    }

    @Test
    void predictionsAreTimedAndQueuesCounted() {
        Applications.positive(tuned);
        assertThat(meters.get("cloze.predict")
                        .tags("task", "tuned-review", "kind", "classification", "error", "none")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get("cloze.queue.answered").functionCounter().count()).isPositive();
        assertThat(meters.get("cloze.queue.tasks").gauge().value()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void healthHasEachTask() {
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'Cloze tasks' }.data.tuned-review", Matchers.is("OPEN"));
        RestAssured.get("/q/health/live").then().statusCode(200);
    }

    private State state(String name) {
        return tasks.tasks().stream()
                .filter(task -> task.name().equals(name))
                .map(TaskStatus::state)
                .findFirst()
                .orElseThrow();
    }
}
