package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.Sentiment;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A context that is set aside and taken up again, as Spring does with those that tests share. */
class PausedContextTest {

    @Test
    void itsPipelinesAnswerOn() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ClozeAutoConfiguration.class))
                .withPropertyValues("cloze.zero-shot=true", "cloze.lazy=true")
                .run(context -> {
                    @SuppressWarnings("unchecked")
                    PromptPipeline<Review, Sentiment> reviews =
                            (PromptPipeline<Review, Sentiment>) context.getBean("reviewPipeline");
                    double before = reviews.predict(Tuned.REVIEW).probability();

                    context.getSourceApplicationContext().pause();
                    context.getSourceApplicationContext().restart();

                    assertThat(reviews.predict(Tuned.REVIEW).probability()).isEqualTo(before);
                    assertThat(context.getBean(ClozeTasks.class).tasks())
                            .filteredOn(task -> task.name().equals("review"))
                            .extracting(TaskStatus::state)
                            .containsExactly(TaskStatus.State.OPEN);
                });
    }
}
