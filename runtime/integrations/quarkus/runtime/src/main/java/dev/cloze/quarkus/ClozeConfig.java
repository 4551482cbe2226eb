package dev.cloze.quarkus;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is set when the application starts. */
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
@ConfigMapping(prefix = "quarkus.cloze")
public interface ClozeConfig {

    /** Folders that hold a folder for each model, separated by commas; of the whole JVM. */
    Optional<String> models();

    /** Where models are unpacked that come in jars; of the whole JVM. */
    Optional<Path> cache();

    /** Whether nothing may be downloaded; of the whole JVM. */
    Optional<Boolean> offline();

    /** Where models run: auto, cpu, gpu or gpu:N; of the whole JVM. */
    Optional<String> device();

    /** In which numbers models multiply: float32, bfloat16 or auto; of the whole JVM. By default as each task says. */
    Optional<String> precision();

    /**
     * Threads of one pass of a model, of the whole JVM, and only before its first model is opened; by default as many as there are
     * cores.
     */
    Optional<Integer> threads();

    /** Whether tasks that name no model are run with the quick one; of the whole JVM. */
    Optional<Boolean> quick();

    /**
     * Whether pipelines are opened when they are first asked, rather than when the application starts; that an archive is there is
     * checked at the start in any case.
     */
    @WithDefault("false")
    boolean lazy();

    /** Whether tasks that name no archive are run without training. */
    @WithDefault("false")
    boolean zeroShot();

    /** Whether all tasks are run without training, whatever archives are named: for tests. */
    @WithDefault("false")
    boolean untrained();

    /** The folder that holds the archive of each task, in a folder of the task's name. */
    Optional<Path> archives();

    /** How often archives are looked at; one that has been replaced is opened and takes over. By default never. */
    Optional<Duration> reloadInterval();

    /** How tasks are asked. */
    Serving serving();

    /** Settings of single tasks, by the name of the task class in kebab case, such as support-ticket, or by its full name in quotes. */
    Map<String, Task> tasks();

    /** How tasks are asked: each through a queue; those that share a model in batches that hold texts of all of them. */
    interface Serving {

        /** Whether they are; otherwise each pipeline answers by itself, in the thread that asks. */
        @WithDefault("true")
        boolean enabled();

        /** Texts that are answered together at most, 1 to 1024. */
        @WithDefault("64")
        int rows();

        /** How long an input waits for others before it is answered with fewer than that. */
        @WithDefault("1ms")
        Duration gathering();

        /** Inputs of each task that may wait; more are refused with ServingOverloaded. */
        @WithDefault("1024")
        int capacity();

        /** How long an input may take; after that it fails with ServingDeadline. By default as long as it takes. */
        Optional<Duration> deadline();
    }

    /** Settings of one task. */
    interface Task {

        /** The folder that a tuned pipeline was saved in; it goes before one that is packaged. */
        Optional<Path> archive();

        /** Whether it is run without training; by default as quarkus.cloze.zero-shot says, where there is no archive. */
        Optional<Boolean> zeroShot();

        /** Whether it is opened when it is first asked; by default as quarkus.cloze.lazy says. */
        Optional<Boolean> lazy();

        /** How long an input of it waits for others; by default as quarkus.cloze.serving.gathering says. */
        Optional<Duration> gathering();

        /** Inputs of it that may wait; by default as quarkus.cloze.serving.capacity says. */
        Optional<Integer> capacity();
    }
}
