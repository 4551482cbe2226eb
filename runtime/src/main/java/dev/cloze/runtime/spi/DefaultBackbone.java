package dev.cloze.runtime.spi;

import dev.cloze.annotations.Tuning;
import org.jspecify.annotations.Nullable;

/** The model of a task that names none. */
public final class DefaultBackbone {

    /** The system property that asks for the quick model; without a value, or with any but {@code false}, it does. */
    public static final String QUICK = "cloze.quick";

    private DefaultBackbone() {}

    /** {@link Tuning#DEFAULT_BACKBONE}, or {@link Tuning#QUICK_BACKBONE} where {@link #QUICK} is set. */
    public static String name() {
        return name(System.getProperty(QUICK));
    }

    static String name(@Nullable String quick) {
        boolean isQuick = quick != null && !quick.strip().equalsIgnoreCase("false");
        return isQuick ? Tuning.QUICK_BACKBONE : Tuning.DEFAULT_BACKBONE;
    }
}
