package dev.cloze.annotations.method;

import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.InContext;
import dev.cloze.annotations.Ipet;
import dev.cloze.annotations.LmBff;
import dev.cloze.annotations.Lstm;
import dev.cloze.annotations.MultitaskPromptTuning;
import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.PTuningV2;
import dev.cloze.annotations.Pet;
import dev.cloze.annotations.PrefixTuning;
import dev.cloze.annotations.PromptTuning;
import dev.cloze.annotations.TfIdf;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.FineTuningOptions;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.LstmOptions;
import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.PTuningOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TfIdfOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.option.VerbalizerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The annotations of all methods that have options of their own; compiler, runtime and pages know of them from here alone. */
public final class MethodAnnotations {

    /** One for each method that has options of its own, in the order of {@link TuningMethod}. */
    public static final List<MethodAnnotation> ALL = List.of(
            new MethodAnnotation(Pet.class, TuningMethod.PET, PetOptions.ALL),
            new MethodAnnotation(Ipet.class, TuningMethod.IPET, PetOptions.ITERATED_ALL),
            new MethodAnnotation(InContext.class, TuningMethod.IN_CONTEXT, InContextOptions.ALL),
            new MethodAnnotation(LmBff.class, TuningMethod.LM_BFF, LmBffOptions.ALL),
            new MethodAnnotation(TfIdf.class, TuningMethod.TF_IDF, TfIdfOptions.ALL),
            new MethodAnnotation(Lstm.class, TuningMethod.LSTM, LstmOptions.ALL),
            new MethodAnnotation(FineTuning.class, TuningMethod.FINE_TUNING, FineTuningOptions.ALL),
            new MethodAnnotation(PromptTuning.class, TuningMethod.PROMPT_TUNING, PromptTuningOptions.ALL),
            new MethodAnnotation(PTuning.class, TuningMethod.P_TUNING, PTuningOptions.ALL),
            new MethodAnnotation(PrefixTuning.class, TuningMethod.PREFIX_TUNING, PrefixOptions.ALL),
            new MethodAnnotation(PTuningV2.class, TuningMethod.P_TUNING_V2, PrefixOptions.DEEP_ALL),
            new MethodAnnotation(
                    MultitaskPromptTuning.class, TuningMethod.MULTITASK_PROMPT_TUNING, MultitaskOptions.ALL));

    private MethodAnnotations() {}

    /** The options that a method alone has, in the order of their page; none where it has no annotation. */
    public static List<Option<?>> optionsOf(TuningMethod method) {
        return ALL.stream()
                .filter(one -> one.method() == method)
                .findFirst()
                .map(MethodAnnotation::options)
                .orElse(List.of());
    }

    /**
     * All that annotations can say of a task's tuning by this method: the options of all methods, those of the verbalizer, then its
     * own.
     */
    public static List<Option<?>> writable(TuningMethod method) {
        List<Option<?>> options = new ArrayList<>(TuningOptions.ALL);
        options.addAll(VerbalizerOptions.ALL);
        options.addAll(optionsOf(method));
        return options;
    }

    /** The option of this name that can be written of this method, if there is one. */
    public static Optional<Option<?>> named(TuningMethod method, String name) {
        return writable(method).stream()
                .filter(option -> option.name().equals(name))
                .findFirst();
    }
}
