package dev.cloze.processor.read;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.processor.model.Written;
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
                tuning.constant("method", TuningMethod.class),
                tuning.isWritten("backbone")
                        ? tuning.option("backbone", String.class)
                        : defaultBackbone(tuning.place()),
                tuning.option("promptLength", Integer.class),
                tuning.option("learningRate", Double.class),
                tuning.option("batchSize", Integer.class),
                tuning.option("maxSteps", Integer.class),
                tuning.option("maxLength", Integer.class),
                tuning.option("freezeBackbone", Boolean.class),
                tuning.choice("compat", Compat.class));
    }

    /** The defaults of {@link Tuning}, with messages about them at the given place. */
    private TuningModel defaults(Place place) {
        return new TuningModel(
                TuningMethod.PROMPT_FINE_TUNING,
                defaultBackbone(place),
                new Written<>("promptLength", 0, false, place),
                new Written<>("learningRate", 0.0, false, place),
                new Written<>("batchSize", 0, false, place),
                new Written<>("maxSteps", 0, false, place),
                new Written<>("maxLength", 0, false, place),
                new Written<>("freezeBackbone", false, false, place),
                new Written<>("compat", Compat.PAPER, false, place));
    }

    private Written<String> defaultBackbone(Place place) {
        return new Written<>("backbone", defaultBackbone, false, place);
    }
}
