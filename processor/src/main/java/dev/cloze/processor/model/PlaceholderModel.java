package dev.cloze.processor.model;

import dev.cloze.processor.report.Place;
import java.util.List;
import javax.lang.model.type.TypeMirror;

/**
 * A component the template names.
 *
 * @param path as written: {@code author.name}
 * @param at where in its template its first use is, in the words of messages
 * @param place the template of that use
 * @param accessors how it is read from the task, one for each component of the path
 */
public record PlaceholderModel(String path, String at, Place place, List<Accessor> accessors) {

    public PlaceholderModel {
        accessors = List.copyOf(accessors);
    }

    /** The type of the value in the end. */
    public TypeMirror type() {
        return accessors.get(accessors.size() - 1).type();
    }
}
