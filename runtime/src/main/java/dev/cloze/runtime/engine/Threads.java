package dev.cloze.runtime.engine;

import ai.djl.pytorch.jni.JniUtils;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many threads one operation uses: the same for all models of a process, from when libtorch is loaded.
 *
 * <p>Without a setting it is libtorch's own number, but no more than {@link Runtime#availableProcessors()}, which sees the quota of a
 * container, as libtorch doesn't; and {@code OMP_NUM_THREADS} counts where it is set.
 */
public final class Threads {

    /** The system property that says it, 1 to 1024. */
    public static final String PROPERTY = "cloze.threads";

    /** The variable of the environment that does where the property isn't set. */
    public static final String VARIABLE = "CLOZE_THREADS";

    private static final String OPENMP = "OMP_NUM_THREADS";
    private static final int MOST = 1024;

    /** Once libtorch is loaded. */
    private static volatile int used;

    private Threads() {}

    /** The setting: the property, or else the variable; null where there is none. */
    static @Nullable String setting() {
        String property = System.getProperty(PROPERTY);
        return property == null ? System.getenv(VARIABLE) : property;
    }

    /** How many an operation uses; 0 while libtorch isn't loaded. */
    static int used() {
        return used;
    }

    /** Has libtorch, just loaded, use as many as are asked for. */
    static void apply() {
        boolean openMp = System.getenv(OPENMP) != null;
        used = apply(
                setting(),
                openMp,
                Runtime.getRuntime().availableProcessors(),
                JniUtils.getNumThreads(),
                count -> JniUtils.setNumThreads(count));
    }

    static int apply(@Nullable String setting, boolean openMp, int processors, int own, IntConsumer set) {
        int count = setting != null ? parse(setting) : openMp ? own : Math.min(own, processors);
        if (count != own) {
            set.accept(count);
        }
        return count;
    }

    /** Refuses a setting that is no number, before anything is loaded. */
    static void requireNumber() {
        String setting = setting();
        if (setting != null) {
            parse(setting);
        }
    }

    static int parse(String setting) {
        try {
            int count = Integer.parseInt(setting.strip());
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // refused below, as what is out of range
        }
        throw new ClozeException(
                Problem.THREADS_SETTING,
                PROPERTY + " = \"" + setting + "\" is no number of threads.\n  One operation uses 1 to " + MOST
                        + " of them.\n  Set " + PROPERTY + " or " + VARIABLE
                        + " to such a number, or leave both out: then it is"
                        + " what the machine or its container has.");
    }

    /**
     * Refuses another number than the one that is used: all models of a process have it.
     *
     * @throws ClozeException THREADS_SETTING
     */
    static void requireUnchanged() {
        requireUnchanged(setting(), used);
    }

    static void requireUnchanged(@Nullable String setting, int used) {
        if (setting != null && parse(setting) != used) {
            throw new ClozeException(
                    Problem.THREADS_SETTING,
                    PROPERTY + " = " + setting.strip() + ", but operations use " + used
                            + " threads since libtorch was loaded."
                            + "\n  The number is one for all models of a process.\n  Set " + PROPERTY
                            + " before the first model is opened, and nowhere to two numbers.");
        }
    }
}
