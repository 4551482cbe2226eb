package dev.cloze.processor.model;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.TuningOptions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task's tuning options; what the task leaves out is at the annotation's default.
 *
 * @param own what the verbalizer's annotation has of options, and the annotation named after the method
 */
public record TuningModel(
        TuningMethod method,
        Written<String> backbone,
        Written<Integer> promptLength,
        Written<Double> learningRate,
        Written<Integer> batchSize,
        Written<Integer> maxSteps,
        Written<Integer> maxLength,
        Written<Boolean> freezeBackbone,
        Written<LabelLoss> loss,
        Written<Precision> precision,
        Written<Compat> compat,
        List<Written<?>> own) {

    public TuningModel {
        own = List.copyOf(own);
    }

    /** The constant that is written of one of the other options; nothing where it is left out. */
    public <T> Optional<T> written(Option<T> option) {
        return where(option).flatMap(one -> option.cast(one.value()));
    }

    /** The same with its place. */
    public Optional<Written<?>> where(Option<?> option) {
        return own.stream()
                .filter(one -> one.isWritten() && one.name().equals(option.name()))
                .findFirst();
    }

    /** What the user wrote of the options of {@link TuningOptions}, in the order of their pages, and of the others. */
    public List<Written<?>> written() {
        return Stream.concat(
                        Stream.<Written<?>>of(
                                learningRate,
                                batchSize,
                                maxSteps,
                                maxLength,
                                promptLength,
                                freezeBackbone,
                                loss,
                                precision,
                                compat),
                        own.stream())
                .filter(Written::isWritten)
                .toList();
    }
}
