package dev.cloze.runtime.adapter;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;

/** Virtual tokens in any form that is read: a folder of PEFT's, an array of NumPy's, a saved pipeline. */
public final class PromptFile {

    private PromptFile() {}

    /** Whether something looks like one. */
    public static boolean isThere(Path place) {
        return AdapterReader.isAdapter(place) || SavedPrompt.isThere(place);
    }

    /**
     * The virtual tokens.
     *
     * @throws ClozeException as {@link AdapterReader#read(Path)}; ADAPTER_UNREADABLE where there is nothing of the kind,
     *     ADAPTER_UNSUPPORTED where it is a prefix
     */
    public static Adapter read(Path place) {
        if (!isThere(place)) {
            throw new ClozeException(
                    Problem.ADAPTER_UNREADABLE,
                    "There is no prompt at " + place + ".\n  A prompt is a folder of PEFT's with "
                            + AdapterFolder.CONFIG
                            + ", an array of NumPy's, FILE.npy, or the folder of a saved pipeline. It was looked for"
                            + " from "
                            + Path.of("").toAbsolutePath() + ".");
        }
        Adapter adapter = AdapterReader.isAdapter(place) ? AdapterReader.read(place) : SavedPrompt.read(place);
        if (adapter.config().type() == PeftType.PREFIX_TUNING) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + place
                            + " is a prefix, keys and values in every layer, which virtual tokens before the"
                            + " input can't start as.\n  Name one of the kinds PROMPT_TUNING or P_TUNING.");
        }
        return adapter;
    }
}
