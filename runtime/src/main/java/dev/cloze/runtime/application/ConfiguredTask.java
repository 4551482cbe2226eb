package dev.cloze.runtime.application;

import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.spi.DeclaredPipeline;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that is to be a bean.
 *
 * @param name as in the properties, such as {@code support-ticket}
 * @param declared its task
 * @param further whether it is another one of a task that has a pipeline of its own name
 * @param archive the folder it is opened from; null where it is run without training
 * @param lazy whether it is opened when it is first asked
 * @param gathering how long an input waits for others; null for as all tasks' do
 * @param capacity inputs that may wait; null for as many as of all tasks
 * @param names how its settings are written, for messages
 */
public record ConfiguredTask(
        String name,
        DeclaredPipeline<?> declared,
        boolean further,
        @Nullable Path archive,
        boolean lazy,
        @Nullable Duration gathering,
        @Nullable Integer capacity,
        SettingNames names) {

    /** How its inputs wait, where those of all tasks wait so. */
    EngineSettings queue(EngineSettings all) {
        EngineSettings waiting = gathering == null ? all : all.withGathering(gathering);
        return capacity == null ? waiting : waiting.withCapacity(capacity);
    }

    /** {@code cloze.tasks.support-ticket.archive}. */
    public String property(String setting) {
        return names.of(name, setting);
    }
}
