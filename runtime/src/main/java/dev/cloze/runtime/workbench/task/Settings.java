package dev.cloze.runtime.workbench.task;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.option.Option;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.option.LoopOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options as people write them: a name and a text. */
final class Settings {

    private Settings() {}

    /** Whether an option is one of the training alone, which no annotation has. */
    static boolean isOfTraining(String name) {
        return ofTraining(name).isPresent();
    }

    private static Optional<Option<?>> ofTraining(String name) {
        return Stream.concat(LoopOptions.OF_WEIGHTS.stream(), LoopOptions.OF_CHECKPOINTS.stream())
                .filter(option ->
                        option.name().equals(name) && option.type() != Path.class) // a command names its folder
                .filter(option -> MethodAnnotations.named(TuningMethod.PROMPT_FINE_TUNING, name)
                        .isEmpty())
                .findFirst();
    }

    /** Whether a task of this method can have an option. */
    static boolean isOf(TuningMethod method, String name) {
        return MethodAnnotations.named(method, name).isPresent();
    }

    /**
     * The value of an option that a task of this method can have.
     *
     * @throws ClozeException TUNING_OPTION_NOT_APPLICABLE, with the nearest names; TUNING_OPTION_OUT_OF_RANGE
     */
    static Object ofMethod(TuningMethod method, String name, String text) {
        return value(MethodAnnotations.named(method, name).orElseThrow(() -> unknown(List.of(method), name)), text);
    }

    /**
     * Options with this one set, for each of the methods that has one of that name; methods may read it differently, and one that
     * can't read the text goes without.
     *
     * @throws ClozeException TUNING_OPTION_NOT_APPLICABLE where none has it, TUNING_OPTION_OUT_OF_RANGE where none can read it
     */
    static TrainingOptions onAny(List<TuningMethod> methods, TrainingOptions options, String name, String text) {
        List<Option<?>> named = methods.stream()
                .flatMap(method -> MethodAnnotations.named(method, name).stream())
                .distinct()
                .toList();
        if (named.isEmpty()) {
            throw unknown(methods, name);
        }
        List<Option<?>> readable =
                named.stream().filter(option -> isReadable(option, text)).toList();
        TrainingOptions changed = options;
        for (Option<?> option : readable.isEmpty() ? named : readable) {
            changed = with(changed, option, value(option, text));
        }
        return changed;
    }

    private static ClozeException unknown(List<TuningMethod> methods, String name) {
        List<String> names = methods.stream()
                .flatMap(method -> names(method).stream())
                .distinct()
                .toList();
        String all = methods.stream().map(TuningMethod::name).collect(Collectors.joining(" or "));
        return new ClozeException(
                Problem.TUNING_OPTION_NOT_APPLICABLE,
                "There is no option \"" + name + "\" of " + all + ". " + NearestName.suggestion(name, names)
                        + "\n  There are: " + String.join(", ", names) + ".");
    }

    private static boolean isReadable(Option<?> option, String text) {
        try {
            parsed(option.type(), text.strip());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> names(TuningMethod method) {
        List<String> names = new ArrayList<>(
                MethodAnnotations.writable(method).stream().map(Option::name).toList());
        LoopOptions.OF_WEIGHTS.stream()
                .map(Option::name)
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return names;
    }

    /** Options with this one set, where it is one of the training alone. */
    static TrainingOptions onTraining(TrainingOptions options, String name, String text) {
        return ofTraining(name)
                .map(option -> with(options, option, value(option, text)))
                .orElse(options);
    }

    private static <T> TrainingOptions with(TrainingOptions options, Option<T> option, Object value) {
        return options.with(option, option.cast(value).orElseThrow());
    }

    private static Object value(Option<?> option, String text) {
        try {
            return parsed(option.type(), text.strip());
        } catch (IllegalArgumentException e) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "The option " + option + " is \"" + text + "\", which can't be read as one.\n  " + option.meaning()
                            + values(option.type()),
                    e);
        }
    }

    private static String values(Class<?> type) {
        if (type.isEnum()) {
            return " Write one of: "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(Object::toString)
                                    .toList())
                    + ".";
        }
        return type == Integer.class || type == Long.class ? " Write a whole number." : " Write a number.";
    }

    private static Object parsed(Class<?> type, String text) {
        if (type == Integer.class) {
            return Integer.valueOf(text);
        }
        if (type == Long.class) {
            return Long.valueOf(text);
        }
        if (type == Double.class) {
            return Double.valueOf(text);
        }
        if (type == Boolean.class) {
            return bool(text);
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        if (List.class.isAssignableFrom(type)) {
            return Arrays.stream(text.split(",")).map(String::strip).toList();
        }
        return text;
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.toString().equalsIgnoreCase(text.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }
}
