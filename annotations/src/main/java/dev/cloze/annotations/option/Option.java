package dev.cloze.annotations.option;

import dev.cloze.annotations.method.MethodTraits;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An option: whatever is said of it anywhere comes from this one declaration. Declarations are constants; two options are
 * the same one only if they are the same object.
 *
 * @param <T> its type: Integer, Long, Double, Boolean, String, an enum, or a list of these
 */
public final class Option<T> {

    /** What a value can't be beside the other options as they are: a reason, or nothing. */
    @FunctionalInterface
    public interface Condition<T> {
        Optional<String> objection(T value, OptionValues others);
    }

    private final String name;
    private final Class<? super T> type;
    private final @Nullable T usual;
    private final Function<OptionValues, Range<T>> range;
    private final Condition<T> condition;
    private final Predicate<MethodTraits> methods;
    private final String meaning;

    private Option(
            String name,
            Class<? super T> type,
            @Nullable T usual,
            Function<OptionValues, Range<T>> range,
            Condition<T> condition,
            Predicate<MethodTraits> methods,
            String meaning) {
        this.name = name;
        this.type = type;
        this.usual = usual;
        this.range = range;
        this.condition = condition;
        this.methods = methods;
        this.meaning = meaning;
    }

    /** An option of every method with a range of its own. */
    public static <T> Option<T> of(
            String name, Class<? super T> type, @Nullable T usual, Range<T> range, String meaning) {
        return within(name, type, usual, others -> range, meaning);
    }

    /** An option whose range depends on the other options as they are. */
    public static <T> Option<T> within(
            String name,
            Class<? super T> type,
            @Nullable T usual,
            Function<OptionValues, Range<T>> range,
            String meaning) {
        return new Option<>(name, type, usual, range, (value, others) -> Optional.empty(), row -> true, meaning);
    }

    /** The same, of the methods with such a row alone. */
    public Option<T> of(Predicate<MethodTraits> rows) {
        return new Option<>(name, type, usual, range, condition, rows, meaning);
    }

    /** The same, with something else that it has to suit. */
    public Option<T> where(Condition<T> one) {
        return new Option<>(name, type, usual, range, one, methods, meaning);
    }

    /** The same, which does something beside such other options alone; its usual value, which is there in any case, is no fault. */
    public Option<T> onlyIf(Predicate<OptionValues> others, String objection) {
        return where(
                (value, all) -> others.test(all) || value.equals(usual) ? Optional.empty() : Optional.of(objection));
    }

    /** Its name in annotations, archives and messages. */
    public String name() {
        return name;
    }

    /** The type of its values. */
    public Class<? super T> type() {
        return type;
    }

    /** Its value where nobody writes one; empty where that is left to the method, or to nobody. */
    public Optional<T> usual() {
        return Optional.ofNullable(usual);
    }

    /** What it is, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Its values, beside the other options as they are. */
    public Range<T> range(OptionValues others) {
        return range.apply(others);
    }

    /** Whether a method has it. */
    public boolean isOf(MethodTraits method) {
        return methods.test(method);
    }

    /** What is wrong with a value, to complete the sentence "The option ... "; nothing if it can be set. */
    public Optional<String> objection(T value, OptionValues others) {
        Range<T> allowed = range(others);
        return allowed.holds().test(value)
                ? condition.objection(value, others).map(reason -> "can't be " + shown(value) + " here: " + reason)
                : Optional.of("is " + shown(value) + ", but its range is " + allowed.text() + ".");
    }

    /** The value of any object of its type; nothing where it is of another. */
    @SuppressWarnings("unchecked") // a T is all that the type admits, but for what a list holds
    public Optional<T> cast(Object value) {
        return type.isInstance(value) ? Optional.of((T) value) : Optional.empty();
    }

    private static String shown(Object value) {
        return value.toString().isEmpty() ? "an empty text" : value.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
