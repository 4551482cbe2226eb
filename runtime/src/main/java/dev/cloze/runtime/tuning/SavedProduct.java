package dev.cloze.runtime.tuning;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A product on disk, open.
 *
 * @param tensors what was tuned; no names where nothing was
 * @param texts the lists of texts that belong to it, by name
 * @param settings the settings of its identity
 * @param place where it is, for messages
 * @param fit refuses with {@code ARCHIVE_MISMATCH} a present identity that it was not made for; to be asked before the
 *     tensors are read
 */
public record SavedProduct(
        Checkpoint tensors,
        Map<String, List<String>> texts,
        Map<String, String> settings,
        String place,
        Consumer<ProductIdentity> fit) {

    /** Whether nothing was tuned. */
    public boolean isUntrained() {
        return tensors.names().isEmpty();
    }

    /**
     * A setting that is one of an enum's constants.
     *
     * @param usual where it is not set
     * @throws ClozeException ARCHIVE_UNREADABLE for another text, which a later version may have written
     */
    public <E extends Enum<E>> E constant(String setting, E usual) {
        String name = settings.getOrDefault(setting, usual.name());
        return Arrays.stream(usual.getDeclaringClass().getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        unreadable("its setting \"" + setting + "\" is " + name + ", which this version doesn't know"));
    }

    /** A setting that is a number; ARCHIVE_UNREADABLE where it is none, or not set. */
    public double number(String setting) {
        String text = settings.getOrDefault(setting, "(missing)");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            ClozeException unreadable =
                    unreadable("its setting \"" + setting + "\" is " + text + ", and should be a number");
            unreadable.addSuppressed(e);
            throw unreadable;
        }
    }

    /** The error of something that a product of its method has, in the words of "its ... is ...". */
    public ClozeException unreadable(String why) {
        return new ClozeException(
                Problem.ARCHIVE_UNREADABLE,
                "The saved pipeline " + place + " cannot be opened: " + why + ".\n  Take the folder as it was saved.");
    }
}
