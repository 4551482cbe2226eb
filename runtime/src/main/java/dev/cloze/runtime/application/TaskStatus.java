package dev.cloze.runtime.application;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a task at the moment.
 *
 * @param name as in the properties
 * @param kind classification, regression, cloze, extraction or text
 * @param archive the folder it is opened from; null where it is run without training
 * @param state whether it can be asked
 * @param opened when what answers now was opened; null where nothing has been
 * @param failure why it could not be opened the last time that was tried; null where it could be. What was open before goes on
 */
public record TaskStatus(
        String name,
        String kind,
        @Nullable Path archive,
        State state,
        @Nullable Instant opened,
        @Nullable String failure) {

    /** Whether a task can be asked. */
    public enum State {
        /** It is opened when it is first asked. */
        UNOPENED,
        /** It answers. */
        OPEN,
        /** It could not be opened, and will be tried again when it is next asked. */
        FAILED,
        /** The application has closed it. */
        CLOSED
    }
}
