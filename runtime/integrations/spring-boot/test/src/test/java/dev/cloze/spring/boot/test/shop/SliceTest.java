package dev.cloze.spring.boot.test.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.spring.boot.test.ClozeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The pipeline of an application whose archive is not at hand, without its other components. */
@ClozeTest(properties = "cloze.tasks.review.archive=/var/lib/shop/review")
class SliceTest {

    private final PromptPipeline<Review, Review.Sentiment> reviews;
    private final ClozeTasks tasks;

    @Autowired
    SliceTest(PromptPipeline<Review, Review.Sentiment> reviews, ClozeTasks tasks) {
        this.reviews = reviews;
        this.tasks = tasks;
    }

    @Test
    void thePipelineAnswersOnTheQuickModel() {
        assertThat(tasks.tasks()).singleElement().satisfies(task -> {
            assertThat(task.state()).isEqualTo(TaskStatus.State.UNOPENED);
            assertThat(task.archive()).isNull();
        });
        Prediction<Review.Sentiment> prediction = reviews.predict(new Review("A warm, funny film."));
        assertThat(prediction.probability()).isBetween(0.5, 1.0);
        assertThat(System.getProperty("cloze.quick")).isEqualTo("true");
    }
}
