package dev.cloze.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.quarkus.deployment.tasks.Review;
import dev.cloze.quarkus.deployment.tasks.Sentiment;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application whose pipelines are switched off starts, whatever its settings say of them. */
class SwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(application -> Applications.withReviews(application))
            .overrideConfigKey("quarkus.cloze.enabled", "false")
            .overrideConfigKey("quarkus.cloze.tasks.tuned-review.of", "review")
            .overrideRuntimeConfigKey("quarkus.cloze.tasks.tuned-review.archive", "/nowhere/review")
            .overrideRuntimeConfigKey("quarkus.cloze.tasks.review.zero-shot", "true");

    @Inject
    Instance<PromptPipeline<Review, Sentiment>> reviews;

    @Inject
    Instance<ClozeTasks> tasks;

    @Test
    void thereIsNoPipelineAndHealthSaysNothingOfAny() {
        assertThat(reviews.isUnsatisfied()).isTrue();
        assertThat(tasks.isUnsatisfied()).isTrue();
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", Matchers.not(Matchers.hasItem("Cloze tasks")));
    }
}
