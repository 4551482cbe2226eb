package dev.cloze.runtime.adapter;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.file.Path;

/**
 * A prompt that several tasks share: task t's virtual tokens are {@code P * (U_t V_t)}, number by number, with U_t (P, r) and
 * V_t (r, e) (Wang et al. 2023, arXiv 2303.02861, equation 1, as PEFT has it).
 */
final class MultitaskPrompt {

    private final Path place;
    private final PeftConfig config;
    private final Checkpoint checkpoint;

    MultitaskPrompt(Path place, PeftConfig config, Checkpoint checkpoint) {
        this.place = place;
        this.config = config;
        this.checkpoint = checkpoint;
    }

    /** The virtual tokens of one task, (P, e); below 0 of the only one. */
    Tensor of(int task) {
        if (config.submodules() != 1) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + place + " puts virtual tokens before the decoder's text as well"
                            + " (num_transformer_submodules = " + config.submodules() + "), where none can stand."
                            + "\n  Train it with num_transformer_submodules = 1.");
        }
        int chosen = chosen(task);
        int rows = config.length();
        int ranks = config.ranks();
        int size = config.tokenDim();
        float[] shared = numbers(Adapter.VECTORS, rows, size);
        float[] columns = numbers("prefix_task_cols", config.tasks(), rows, ranks);
        float[] lines = numbers("prefix_task_rows", config.tasks(), ranks, size);
        float[] own = new float[rows * size];
        for (int p = 0; p < rows; p++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int r = 0; r < ranks; r++) {
                    sum += (double) columns[(chosen * rows + p) * ranks + r] * lines[(chosen * ranks + r) * size + j];
                }
                own[p * size + j] = (float) (shared[p * size + j] * sum);
            }
        }
        return Tensor.of(own, rows, size);
    }

    private int chosen(int task) {
        if (task < 0 && config.tasks() == 1) {
            return 0;
        }
        if (task < 0 || task >= config.tasks()) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + place + " has the prompts of " + config.tasks() + " tasks, "
                            + (task < 0 ? "and a pipeline takes one." : "and no number " + task + ".")
                            + "\n  Take one out, from 0 to " + (config.tasks() - 1)
                            + ": cloze convert --task 0 " + place + " FOLDER, and load that folder.");
        }
        return task;
    }

    private float[] numbers(String name, long... shape) {
        return AdapterReader.tensor(place, checkpoint, name, shape).data().array();
    }
}
