package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ArchiveWatch;
import dev.cloze.runtime.application.ClozeTasks;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Makes the pipeline of every annotated task a bean, of its type with its type arguments, such as {@code PromptPipeline<Review,
 * Sentiment>}, unless the application defines one of that type; see {@link ClozeProperties}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "cloze.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ClozeProperties.class)
@Import(PipelineRegistrar.class)
public final class ClozeAutoConfiguration {

    @Bean
    ClozeLifecycle clozeLifecycle(ClozeTasks tasks) {
        return new ClozeLifecycle(tasks);
    }

    @Bean
    @ConditionalOnProperty("cloze.reload-interval")
    ArchiveWatch clozeArchiveWatch(ClozeTasks tasks, ClozeProperties properties) {
        return ArchiveWatch.of(tasks, Objects.requireNonNull(properties.reloadInterval()));
    }
}
