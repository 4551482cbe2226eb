package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.Threads;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings that hold for a whole JVM, set as the runtime reads them, as system properties. One that is set already stays as it
 * is, which is told where another application has set it. Those set here are taken away with the last application that has set
 * them so, as several may run at once or one after another.
 */
public final class JvmSettings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JvmSettings.class);
    private static final Map<Setting, Integer> HOLDERS = new HashMap<>();

    private final Set<Setting> held = new LinkedHashSet<>();

    private record Setting(String name, String value) {

        void hold() {
            System.setProperty(name, value);
            HOLDERS.merge(this, 1, Integer::sum);
        }

        void release() {
            int left = HOLDERS.getOrDefault(this, 1) - 1;
            if (left > 0) {
                HOLDERS.put(this, left);
                return;
            }
            HOLDERS.remove(this);
            if (value.equals(System.getProperty(name))) {
                System.clearProperty(name);
            }
        }
    }

    /** Sets a setting by its name, such as {@code cloze.device}; nothing where the value is null. */
    public JvmSettings with(String name, @Nullable Object value) {
        if (value != null) {
            set(new Setting(name, value.toString()));
        }
        return this;
    }

    /**
     * Sets how many threads a pass of a model has; nothing for null.
     *
     * @throws ClozeException THREADS_SETTING where another application has set another number; nothing is held then
     */
    public JvmSettings withThreads(@Nullable Integer threads) {
        return with(Threads.PROPERTY, threads);
    }

    /** One that is set already is held where another application has set it, and let alone where the user has. */
    private void set(Setting setting) {
        synchronized (HOLDERS) {
            String present = System.getProperty(setting.name());
            if (present != null && !HOLDERS.containsKey(new Setting(setting.name(), present))) {
                return;
            }
            if (present != null && !present.equals(setting.value())) {
                tell(setting, present);
            } else if (held.add(setting)) {
                setting.hold();
            }
        }
    }

    /** Operations can't use two numbers of threads; whatever else another application has set holds for this one too. */
    private void tell(Setting wanted, String present) {
        if (wanted.name().equals(Threads.PROPERTY)) {
            close();
            throw new ClozeException(
                    Problem.THREADS_SETTING,
                    wanted.name() + " = " + wanted.value() + ", but another application of this JVM has set it to "
                            + present + ".\n  The number is one for all models of a process.\n  Set " + wanted.name()
                            + " to one number in all applications, or in one of them alone.");
        }
        LOG.warn(
                "{} is {} and not {}: another application of this JVM has set it, and it holds for all. Set it alike in each.",
                wanted.name(),
                present,
                wanted.value());
    }

    /** Takes away those that no other application holds and nobody has changed since. */
    @Override
    public void close() {
        synchronized (HOLDERS) {
            held.forEach(Setting::release);
            held.clear();
        }
    }
}
