package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.adapter.AdapterWriter;
import dev.cloze.runtime.adapter.MultitaskAdapter;
import java.nio.file.Path;
import java.util.List;

/**
 * A prompt that several tasks share, of which each has its own: number by number times a matrix of low rank. It holds no native
 * memory; any number of threads can use it.
 */
public final class SharedPrompt {

    private final MultitaskAdapter adapter;

    SharedPrompt(MultitaskAdapter adapter) {
        this.adapter = adapter;
    }

    /**
     * Reads what {@link #save} or PEFT wrote.
     *
     * @throws ClozeException ADAPTER_UNREADABLE where it is damaged, ADAPTER_UNSUPPORTED where it is no shared prompt,
     *     MODEL_NOT_FINITE where a number is none
     */
    public static SharedPrompt load(Path folder) {
        return new SharedPrompt(AdapterReader.readShared(folder));
    }

    /** The names of the tasks, in the order in which they were added; numbers where PEFT wrote it. */
    public List<String> tasks() {
        return adapter.names();
    }

    /** How many virtual tokens it has. */
    public int length() {
        return adapter.config().length();
    }

    /** The rank of each task's own matrix. */
    public int rank() {
        return adapter.config().ranks();
    }

    /**
     * Writes a folder that {@code @MultitaskPromptTuning(source = "...")} starts from, and that PEFT reads as an adapter of the kind
     * MULTITASK_PROMPT_TUNING.
     *
     * @param folder a new one, an empty one, or an adapter's
     * @throws ClozeException DISK_WRITE
     */
    public void save(Path folder) {
        AdapterWriter.write(folder, adapter);
    }

    /**
     * Writes the prompt of one task alone, which the task's pipeline loads, and PEFT as one of the kind PROMPT_TUNING.
     *
     * @param task its name, or its number from 0
     * @param folder a new one, an empty one, or an adapter's
     * @throws ClozeException ADAPTER_UNSUPPORTED where there is no such task, DISK_WRITE
     */
    public void saveTask(String task, Path folder) {
        AdapterWriter.write(folder, adapter.of(adapter.place(task)));
    }
}
