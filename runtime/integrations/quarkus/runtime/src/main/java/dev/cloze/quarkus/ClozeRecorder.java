package dev.cloze.quarkus;

import dev.cloze.runtime.application.Calls;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.QueueNumber;
import dev.cloze.runtime.spi.DeclaredPipeline;
import dev.cloze.runtime.spi.PipelineProvider;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.metrics.MetricsFactory;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** What an application does of the build's findings when it starts. */
@Recorder
public class ClozeRecorder {

    /** How long a stop waits for answers where {@code quarkus.shutdown.timeout} says nothing. */
    private static final Duration STOP = Duration.ofSeconds(15);

    private final ClozeBuildConfig fixed;
    private final RuntimeValue<ClozeConfig> config;
    private final RuntimeValue<ShutdownConfig> shutdownConfig;

    /** With the configuration. */
    public ClozeRecorder(
            ClozeBuildConfig fixed, RuntimeValue<ClozeConfig> config, RuntimeValue<ShutdownConfig> shutdownConfig) {
        this.fixed = fixed;
        this.config = config;
        this.shutdownConfig = shutdownConfig;
    }

    /**
     * Makes the tasks ready, opened unless they are to be opened when they are first asked; they are freed when the application stops.
     *
     * @param providers of all tasks
     * @param defined names of the task classes whose pipelines the application defines itself
     * @param packaged archives among its resources
     * @param timed whether Micrometer is there
     * @param traced whether OpenTelemetry is there
     */
    public RuntimeValue<ClozeTasks> tasks(
            List<RuntimeValue<PipelineProvider>> providers,
            Set<String> defined,
            List<PackagedArchive> packaged,
            boolean timed,
            boolean traced,
            ShutdownContext shutdown) {
        Calls told = timed ? new TimedCalls() : Calls.PLAIN;
        RunningTasks running = RunningTasks.of(
                fixed,
                config.getValue(),
                () -> declared(providers),
                one -> defined.contains(name(one)),
                packaged,
                new OffEventLoop(traced ? new TracedCalls(told) : told));
        shutdown.addShutdownTask(
                () -> running.stop(shutdownConfig.getValue().timeout().orElse(STOP)));
        running.open();
        config.getValue().reloadInterval().ifPresent(running::watch);
        return new RuntimeValue<>(running.tasks());
    }

    private static List<? extends DeclaredPipeline<?>> declared(List<RuntimeValue<PipelineProvider>> providers) {
        return providers.stream()
                .map(provider -> provider.getValue().pipeline())
                .toList();
    }

    private static String name(DeclaredPipeline<?> declared) {
        return declared.taskClass().getName();
    }

    /** Gives the pipeline of a task as a bean. */
    public Function<SyntheticCreationalContext<Object>, Object> pipeline(RuntimeValue<ClozeTasks> tasks, String name) {
        return context -> tasks.getValue().bean(name);
    }

    /** Tells of the queues. */
    public Consumer<MetricsFactory> queues(RuntimeValue<ClozeTasks> tasks) {
        return factory -> {
            for (QueueNumber number : QueueNumber.values()) {
                MetricsFactory.MetricBuilder metric =
                        factory.builder(number.metric()).description(number.description());
                if (number.counted()) {
                    metric.buildCounter(() -> number.of(tasks.getValue()));
                } else {
                    metric.buildGauge(() -> number.of(tasks.getValue()));
                }
            }
        };
    }
}
