package dev.cloze.quarkus;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** What is settled when the application is built. */
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
@ConfigMapping(prefix = "quarkus.cloze")
public interface ClozeBuildConfig {

    /** Whether pipelines become beans; otherwise nothing of Cloze is set or opened. */
    @WithDefault("true")
    boolean enabled();

    /** What health tells of the tasks. */
    Health health();

    /** What metrics tell of the tasks. */
    Metrics metrics();

    /** What traces tell of the tasks. */
    Traces traces();

    /** Settings of single tasks, by the name of the task class in kebab case, such as support-ticket, or by its full name in quotes. */
    Map<String, Task> tasks();

    /** What health tells of the tasks, where its extension is there. */
    interface Health {

        /** Whether health has the tasks. */
        @WithDefault("true")
        boolean enabled();
    }

    /** What metrics tell of the tasks, where their extension is there. */
    interface Metrics {

        /** Whether predictions are timed, and queues counted. */
        @WithDefault("true")
        boolean enabled();
    }

    /** What traces tell of the tasks, where OpenTelemetry is there. */
    interface Traces {

        /** Whether predictions are spans. */
        @WithDefault("true")
        boolean enabled();
    }

    /** Settings of one task. */
    interface Task {

        /** Whether its pipeline becomes a bean. */
        @WithDefault("true")
        boolean enabled();

        /**
         * The task whose class this one is of too, where it is a further pipeline of that class: a bean that is injected by an
         * {@code @Identifier} of its own name alone.
         */
        Optional<String> of();

        /**
         * The folder among the application's resources that a tuned pipeline was saved in, which is checked by the build and goes into
         * the application.
         */
        Optional<String> packaged();
    }
}
