package dev.cloze.runtime.checkpoint.folder;

import java.util.List;
import java.util.Optional;

/** One of the places models are looked for in. */
public interface ModelSource {

    /** The model of this name if it is here, whole; MODEL_INCOMPLETE where a part of it was surely meant to be all. */
    Optional<ModelFolder> find(String name);

    /** The model of this name if its configuration and tokenizer are here, whether or not its weights are. */
    default Optional<ModelFolder> findWithoutWeights(String name) {
        return find(name);
    }

    /** What is here of a model, without changing anything. */
    List<Place> explain(String name);

    /** The names of the models that are here. */
    List<String> names();
}
