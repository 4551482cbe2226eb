package dev.cloze.spring.boot;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.application.ApplicationSettings;
import dev.cloze.runtime.application.JvmSettings;
import dev.cloze.runtime.application.SettingNames;
import dev.cloze.runtime.application.TaskSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is set under {@code cloze.}.
 *
 * @param enabled whether pipelines become beans; otherwise nothing of Cloze is set or opened
 * @param models folders that hold a folder for each model, separated by commas; of the whole JVM
 * @param cache where models are unpacked that come in jars; of the whole JVM
 * @param offline whether nothing may be downloaded; of the whole JVM
 * @param device where models run: auto, cpu, gpu or gpu:N; of the whole JVM
 * @param precision in which numbers models multiply: float32, bfloat16 or auto; of the whole JVM. By default as each task says
 * @param threads threads of one pass of a model, of the whole JVM, and only before its first model is opened; by default as many as
 *     there are cores
 * @param quick whether tasks that name no model are run with the quick one; of the whole JVM
 * @param lazy whether pipelines are opened when they are first asked, rather than when the application starts; that an archive is
 *     there is checked at the start in any case
 * @param zeroShot whether tasks that name no archive are run without training
 * @param untrained whether all tasks are run without training, whatever archives are named: for tests
 * @param archives the folder that holds the archive of each task, in a folder of the task's name
 * @param reloadInterval how often archives are looked at; one that has been replaced is opened and takes over. By default never
 * @param serving how tasks are asked
 * @param tasks settings of single tasks, by the name of the task class in kebab case, such as support-ticket, or by its full name
 */
@ConfigurationProperties("cloze")
public record ClozeProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String models,
        @Nullable Path cache,
        @Nullable Boolean offline,
        @Nullable String device,
        @Nullable String precision,
        @Nullable Integer threads,
        @Nullable Boolean quick,
        @DefaultValue("false") boolean lazy,
        @DefaultValue("false") boolean zeroShot,
        @DefaultValue("false") boolean untrained,
        @Nullable Path archives,
        @Nullable Duration reloadInterval,
        @DefaultValue Serving serving,
        @DefaultValue Map<String, Task> tasks) {

    /**
     * How tasks are asked: each through a queue; those that share a model in batches that hold texts of all of them.
     *
     * @param enabled whether they are; otherwise each pipeline answers by itself, in the thread that asks
     * @param rows texts that are answered together at most, 1 to 1024
     * @param gathering how long an input waits for others before it is answered with fewer than that
     * @param capacity inputs of each task that may wait; more are refused with ServingOverloaded
     * @param deadline how long an input may take; after that it fails with ServingDeadline. By default as long as it takes
     */
    public record Serving(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("64") int rows,
            @DefaultValue("1ms") Duration gathering,
            @DefaultValue("1024") int capacity,
            @Nullable Duration deadline) {

        /** Empty where each answers by itself. */
        Optional<EngineSettings> settings() {
            return enabled
                    ? Optional.of(new EngineSettings(rows, gathering, capacity, Optional.ofNullable(deadline)))
                    : Optional.empty();
        }
    }

    /**
     * Settings of one task.
     *
     * @param enabled whether its pipeline becomes a bean
     * @param of the task whose class this one is of too, where it is a further pipeline of that class: a bean that is injected by a
     *     qualifier of its own name alone
     * @param archive the folder that a tuned pipeline was saved in
     * @param zeroShot whether it is run without training; by default as cloze.zero-shot says, where there is no archive
     * @param lazy whether it is opened when it is first asked; by default as cloze.lazy says
     * @param gathering how long an input of it waits for others; by default as cloze.serving.gathering says
     * @param capacity inputs of it that may wait; by default as cloze.serving.capacity says
     */
    public record Task(
            @DefaultValue("true") boolean enabled,
            @Nullable String of,
            @Nullable Path archive,
            @Nullable Boolean zeroShot,
            @Nullable Boolean lazy,
            @Nullable Duration gathering,
            @Nullable Integer capacity) {

        TaskSettings settings() {
            return new TaskSettings(enabled, of, archive, zeroShot, lazy, gathering, capacity);
        }
    }

    JvmSettings ofJvm() {
        return new JvmSettings()
                .with("cloze.models", models)
                .with("cloze.cache", cache)
                .with("cloze.offline", offline)
                .with("cloze.device", device)
                .with("cloze.precision", precision)
                .with("cloze.quick", quick)
                .withThreads(threads);
    }

    ApplicationSettings ofTasks() {
        Map<String, TaskSettings> settings = new LinkedHashMap<>();
        tasks.forEach((name, task) -> settings.put(name, task.settings()));
        return new ApplicationSettings(
                lazy, zeroShot, untrained, archives, settings, new SettingNames("cloze.", "[", "]"));
    }
}
