package dev.cloze.processor.model;

import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * A component the template names.
 *
 * @param path as written: {@code author.name}
 * @param column of its first use in the template, from 1
 * @param accessors how it is read from the task, one for each component of the path
 */
public record PlaceholderModel(String path, int column, List<Accessor> accessors) {

    public PlaceholderModel {
        accessors = List.copyOf(accessors);
    }

    /** The type of the value in the end. */
    public TypeMirror type() {
        return accessors.get(accessors.size() - 1).type();
    }
}
