package dev.cloze.cli.task;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptTrainer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A method as it is named to be compared, {@code SETFIT}, or of a model of its own, {@code SETFIT@MODEL}.
 *
 * @param model a name or a folder; null for the task's
 */
record ComparedMethodName(TuningMethod method, @Nullable String model) {

    /** As a result has it. */
    String text() {
        return model == null ? method.name() : method + " of " + model;
    }

    /** Changes a trainer to it. */
    <I, L> PromptTrainer<I, L> of(PromptTrainer<I, L> trainer) {
        PromptTrainer<I, L> tuned = trainer.method(method);
        return model == null ? tuned : tuned.model(model);
    }

    /** Reads one; a model's revision has an {@code @} too. */
    static final class Converter implements ITypeConverter<ComparedMethodName> {
        @Override
        public ComparedMethodName convert(String value) {
            int at = value.indexOf('@');
            String name = (at < 0 ? value : value.substring(0, at)).strip();
            TuningMethod method = Stream.of(TuningMethod.values())
                    .filter(each ->
                            each.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(TuningMethod.values())
                                    .map(TuningMethod::name)
                                    .collect(Collectors.joining(", "))
                            + ", each with @MODEL behind it for another model, but was '" + value + "'"));
            return new ComparedMethodName(
                    method, at < 0 ? null : value.substring(at + 1).strip());
        }
    }

    /** The methods. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(TuningMethod.values()).map(TuningMethod::name).iterator();
        }
    }
}
