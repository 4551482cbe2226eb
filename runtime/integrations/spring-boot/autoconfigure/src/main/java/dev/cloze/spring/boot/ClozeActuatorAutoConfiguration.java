package dev.cloze.spring.boot;

import dev.cloze.runtime.application.ClozeTasks;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows the tasks to who watches the application: health, metrics, an endpoint; each where Boot's module for it is there. */
@AutoConfiguration(after = ClozeAutoConfiguration.class)
@ConditionalOnBean(ClozeTasks.class)
public final class ClozeActuatorAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "clozeHealthIndicator")
        @ConditionalOnEnabledHealthIndicator("cloze")
        HealthIndicator clozeHealthIndicator(ClozeTasks tasks) {
            return new ClozeHealthIndicator(tasks);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        QueueMetrics clozeQueueMetrics(ClozeTasks tasks) {
            return new QueueMetrics(tasks);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class EndpointConfiguration {

        @Bean
        @ConditionalOnAvailableEndpoint
        ClozeEndpoint clozeEndpoint(ClozeTasks tasks) {
            return new ClozeEndpoint(tasks);
        }
    }
}
