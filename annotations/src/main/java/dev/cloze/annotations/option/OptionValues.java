package dev.cloze.annotations.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of some options: unchangeable. An option is set when somebody wrote it, whatever the value. */
public final class OptionValues {

    /** Nothing is set. */
    public static final OptionValues NONE = new OptionValues(Map.of());

    private final Map<Option<?>, Object> written;

    private OptionValues(Map<Option<?>, Object> written) {
        this.written = written;
    }

    /** The same with this value, which nobody has checked yet: {@link Option#objection}. */
    public <T> OptionValues with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(written);
        more.put(option, value);
        return new OptionValues(more);
    }

    /** The same without a value of this option. */
    public OptionValues without(Option<?> option) {
        Map<Option<?>, Object> fewer = new LinkedHashMap<>(written);
        fewer.remove(option);
        return new OptionValues(fewer);
    }

    /** Whether somebody wrote it. */
    public boolean isSet(Option<?> option) {
        return written.containsKey(option);
    }

    /** The value written; empty where none is. */
    public <T> Optional<T> written(Option<T> option) {
        return Optional.ofNullable(written.get(option)).flatMap(option::cast);
    }

    /** The value written, or else the usual one; empty where there is neither. */
    public <T> Optional<T> find(Option<T> option) {
        return written(option).or(option::usual);
    }

    /**
     * The value written, or else the usual one.
     *
     * @throws IllegalStateException where there is neither
     */
    public <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new IllegalStateException(option + " has no value"));
    }

    /** What is written, in the order of writing. */
    public Map<Option<?>, Object> written() {
        return java.util.Collections.unmodifiableMap(written);
    }

    /** The values of these options by name, in their order; those without one are left out. */
    public Map<String, String> texts(List<Option<?>> options) {
        Map<String, String> texts = new LinkedHashMap<>();
        options.forEach(option -> find(option).ifPresent(value -> texts.put(option.name(), value.toString())));
        return texts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OptionValues that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return Objects.hash(written);
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
