package dev.cloze.runtime.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A prompt that several tasks share, as PEFT has it, in memory: task t's virtual tokens are {@code P * (U_t V_t)}, number by number
 * (Wang et al. 2023, arXiv 2303.02861, equation 1).
 *
 * @param place where it came from, for messages
 * @param config what it is, of N tasks and rank r
 * @param shared P, (P, e)
 * @param columns U of each task, (N, P, r)
 * @param rows V of each task, (N, r, e)
 * @param names of the tasks, N; numbers where nobody named them
 * @param baseHash the SHA-256 of the weights it was made for, where it was written by Cloze; otherwise empty
 */
public record MultitaskAdapter(
        Path place,
        PeftConfig config,
        Tensor shared,
        Tensor columns,
        Tensor rows,
        List<String> names,
        String baseHash) {

    /** PEFT's name of the columns. */
    static final String COLUMNS = "prefix_task_cols";
    /** PEFT's name of the rows. */
    static final String ROWS = "prefix_task_rows";
    /** Under which {@link AdapterWriter} notes the names of the tasks, as JSON. */
    static final String TASKS = "tasks";

    public MultitaskAdapter {
        names = List.copyOf(names);
    }

    static MultitaskAdapter read(Path place, PeftConfig config, Checkpoint checkpoint, String hash) {
        if (config.submodules() != 1) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + place + " puts virtual tokens before the decoder's text as well"
                            + " (num_transformer_submodules = " + config.submodules() + "), where none can stand."
                            + "\n  Train it with num_transformer_submodules = 1.");
        }
        int tasks = config.tasks();
        return new MultitaskAdapter(
                place,
                config,
                AdapterReader.tensor(place, checkpoint, Adapter.VECTORS, config.length(), config.tokenDim()),
                AdapterReader.tensor(place, checkpoint, COLUMNS, tasks, config.length(), config.ranks()),
                AdapterReader.tensor(place, checkpoint, ROWS, tasks, config.ranks(), config.tokenDim()),
                names(place, tasks, checkpoint.metadata().get(TASKS)),
                hash);
    }

    private static List<String> names(Path place, int tasks, @Nullable String written) {
        if (written == null) {
            return IntStream.range(0, tasks).mapToObj(Integer::toString).toList();
        }
        try {
            String[] names = new Gson().fromJson(written, String[].class);
            if (names != null && names.length == tasks) {
                return List.of(names);
            }
        } catch (JsonParseException | NullPointerException e) {
            throw PeftConfigReader.unreadable(place, "its names of tasks are no list of texts", e);
        }
        throw PeftConfigReader.unreadable(place, "its names of tasks are not " + tasks, null);
    }

    /** The virtual tokens of the only task; {@code ADAPTER_UNSUPPORTED} where there are several. */
    Adapter ofOnlyTask() {
        if (config.tasks() != 1) {
            throw noSuchTask("and a pipeline takes one");
        }
        return of(0);
    }

    /** The virtual tokens of one task; {@code ADAPTER_UNSUPPORTED} where there is no such task. */
    public Adapter of(int task) {
        if (task < 0 || task >= config.tasks()) {
            throw noSuchTask("and no number " + task);
        }
        int length = config.length();
        int size = config.tokenDim();
        int ranks = config.ranks();
        float[] own = new float[length * size];
        for (int p = 0; p < length; p++) {
            for (int j = 0; j < size; j++) {
                double sum = 0;
                for (int r = 0; r < ranks; r++) {
                    sum += (double) number(columns, (task * length + p) * ranks + r)
                            * number(rows, (task * ranks + r) * size + j);
                }
                own[p * size + j] = (float) (number(shared, p * size + j) * sum);
            }
        }
        return new Adapter(place, config.ofOneTask(), Tensor.of(own, length, size), baseHash);
    }

    private static float number(Tensor tensor, int at) {
        return tensor.data().get(tensor.data().position() + at);
    }

    /**
     * Where a task stands among them.
     *
     * @param task its name, or its number from 0
     * @throws ClozeException ADAPTER_UNSUPPORTED where there is no such task
     */
    public int place(String task) {
        int named = names.indexOf(task);
        if (named >= 0) {
            return named;
        }
        int number = task.matches("\\d{1,7}") ? Integer.parseInt(task) : -1;
        if (number < 0 || number >= config.tasks()) {
            throw noSuchTask("and none is \"" + task + "\". " + NearestName.suggestion(task, names));
        }
        return number;
    }

    private ClozeException noSuchTask(String why) {
        return new ClozeException(
                Problem.ADAPTER_UNSUPPORTED,
                "The adapter " + place + " has the prompts of " + config.tasks() + " tasks, " + why
                        + ".\n  They are " + String.join(", ", names) + "; their numbers go from 0 to "
                        + (config.tasks() - 1)
                        + ".\n  Take one out: cloze convert --task 0 " + place + " FOLDER, and load that folder.");
    }

    /** The columns of one task, (P, r), or their mean over all tasks where it is below 0. */
    public float[] columns(int task) {
        return part(columns, task);
    }

    /** The rows of one task, (r, e), or their mean over all tasks where it is below 0. */
    public float[] rows(int task) {
        return part(rows, task);
    }

    private float[] part(Tensor all, int task) {
        int size = all.data().remaining() / config.tasks();
        float[] part = new float[size];
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int t = 0; t < config.tasks(); t++) {
                sum += task < 0 || t == task ? number(all, t * size + i) : 0;
            }
            part[i] = (float) (task < 0 ? sum / config.tasks() : sum);
        }
        return part;
    }

    /** A copy of the shared prompt's numbers. */
    public float[] numbers() {
        float[] numbers = new float[shared.data().remaining()];
        shared.data().duplicate().get(numbers);
        return numbers;
    }
}
