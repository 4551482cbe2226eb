package dev.cloze.vocabulary.folder;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a model as the hub has it, with the revision that is wanted of it where one is pinned: {@code
 * bert-base-uncased}, {@code FacebookAI/roberta-base@v1.0}.
 *
 * @param repository {@code NAME} or {@code ORGANISATION/NAME}
 * @param revision a branch, a tag or a commit; null where the newest is meant
 */
public record ModelName(String repository, @Nullable String revision) {

    private static final Pattern REPOSITORY =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9][A-Za-z0-9._-]{0,127})?");

    /** What git allows of a branch or a tag, without what shells or paths read otherwise; it becomes the name of a file. */
    private static final Pattern REVISION =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");

    private static final int LONGEST_REVISION = 200;

    /** The name that a text is; nothing where it can't be one, or where no revision stands behind its {@code @}. */
    public static Optional<ModelName> of(String text) {
        int at = text.indexOf('@');
        String repository = repository(text);
        String revision = at < 0 ? null : text.substring(at + 1);
        boolean possible = REPOSITORY.matcher(repository).matches()
                && !text.contains("..")
                && (revision == null || isRevision(revision));
        return possible ? Optional.of(new ModelName(repository, revision)) : Optional.empty();
    }

    /** What stands before the {@code @} of a text, whatever it is. */
    public static String repository(String text) {
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    /** Whether a text names a repository, and what stands behind its {@code @} is no revision. */
    public static boolean lacksRevision(String text) {
        return text.contains("@")
                && of(text).isEmpty()
                && REPOSITORY.matcher(repository(text)).matches();
    }

    private static boolean isRevision(String text) {
        return text.length() <= LONGEST_REVISION && REVISION.matcher(text).matches();
    }

    @Override
    public String toString() {
        return revision == null ? repository : repository + "@" + revision;
    }
}
