package dev.cloze.runtime.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How each placeholder's value is taken from an input, by path, in the order of first use. */
final class Placeholders {

    private Placeholders() {}

    /** A copy nobody can change. */
    static <I> Map<String, Function<? super I, ? extends @Nullable Object>> copy(
            Map<String, Function<? super I, ? extends @Nullable Object>> accessors) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(accessors));
    }

    /** The name of a task class, as people write it. */
    static String name(Class<?> type) {
        String name = type.getCanonicalName();
        return name == null ? type.getName() : name;
    }
}
