package dev.cloze.annotations.method;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.Option;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * The annotation that is named after a tuning method and alone selects it, as {@code @Pet} selects PET. Its members are the
 * method's own options, by their names.
 *
 * @param type the annotation
 * @param method what it selects
 * @param options in the order of their page; an option may belong to several methods, to be written in the annotation of each
 */
public record MethodAnnotation(Class<? extends Annotation> type, TuningMethod method, List<Option<?>> options) {

    public MethodAnnotation {
        options = List.copyOf(options);
    }

    /** The name as it is written: {@code @Pet}. */
    public String written() {
        return "@" + type.getSimpleName();
    }

    /** The option of this name, if it has one. */
    public Optional<Option<?>> named(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
