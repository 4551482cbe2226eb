package dev.cloze.processor.read;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.processor.model.MethodTraits;
import dev.cloze.processor.model.Option;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.report.Place;
import java.util.Optional;

/** Reads the tuning options, or their defaults where the task has no annotation for them. */
final class TuningReader {

    private final String defaultBackbone;

    /** Reads with the model that a task is checked with which names none. */
    TuningReader(String defaultBackbone) {
        this.defaultBackbone = defaultBackbone;
    }

    TuningModel read(Optional<Annotation> tuning, Place elsewhere) {
        return tuning.map(this::read).orElseGet(() -> defaults(elsewhere));
    }

    private TuningModel read(Annotation tuning) {
        return new TuningModel(
                MethodTraits.of(tuning.constant("method", TuningMethod.class)),
                tuning.isWritten("backbone")
                        ? tuning.option("backbone", String.class)
                        : defaultBackbone(tuning.place()),
                tuning.option("promptLength", Integer.class),
                tuning.option("learningRate", Double.class),
                tuning.option("batchSize", Integer.class),
                tuning.option("maxSteps", Integer.class),
                tuning.option("maxLength", Integer.class),
                tuning.option("freezeBackbone", Boolean.class),
                tuning.constant("compat", Compat.class));
    }

    /** The defaults of {@link Tuning}, with messages about them at the given place. */
    private TuningModel defaults(Place place) {
        return new TuningModel(
                MethodTraits.of(TuningMethod.PROMPT_FINE_TUNING),
                defaultBackbone(place),
                new Option<>("promptLength", 0, false, place),
                new Option<>("learningRate", 0.0, false, place),
                new Option<>("batchSize", 0, false, place),
                new Option<>("maxSteps", 0, false, place),
                new Option<>("maxLength", 0, false, place),
                new Option<>("freezeBackbone", false, false, place),
                Compat.PAPER);
    }

    private Option<String> defaultBackbone(Place place) {
        return new Option<>("backbone", defaultBackbone, false, place);
    }
}
