package dev.cloze.spring.boot.tasks;

import dev.cloze.runtime.PromptPipeline;
import dev.cloze.spring.boot.ClozeAutoConfiguration;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A program that DevTools starts anew, in a class loader of its own. */
public final class Restarted {

    private Restarted() {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ClozeAutoConfiguration.class)
    static class Application {

        @Bean
        Asking asking(PromptPipeline<Review, Sentiment> reviews) {
            return new Asking(reviews);
        }
    }

    record Asking(PromptPipeline<Review, Sentiment> reviews) {}

    /** What it answers, from its start to its stop. */
    public static double answer() {
        SpringApplication program = new SpringApplication(Application.class);
        program.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = program.run("--cloze.zero-shot=true", "--cloze.lazy=true")) {
            return Objects.requireNonNull(context.getBean(Asking.class)
                    .reviews()
                    .predict(new Review("A warm, funny film."))
                    .probabilities()
                    .get(Sentiment.POSITIVE));
        }
    }
}
