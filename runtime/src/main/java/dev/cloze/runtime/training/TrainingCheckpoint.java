package dev.cloze.runtime.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * A training at one step, as a folder: {@code training.json} (this record) and the model's own files beneath {@code
 * model/}.
 *
 * @param format version of this layout
 * @param progress how far the training was
 * @param identity the options and data it belongs to
 * @param files size and checksum of each of the model's files, by its path
 */
record TrainingCheckpoint(
        int format, TrainingProgress progress, Map<String, String> identity, Map<String, FileSum> files) {

    private static final int FORMAT = 1;
    private static final String STATE = "training.json";
    private static final String MODEL = "model";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Writes model and progress into an empty folder and brings all of it to the disk. */
    static void write(Path folder, TrainingProgress progress, Map<String, String> identity, TrainableModel model)
            throws IOException {
        Path modelFolder = Files.createDirectory(folder.resolve(MODEL));
        model.writeState(modelFolder);
        TrainingCheckpoint checkpoint =
                new TrainingCheckpoint(FORMAT, progress, identity, FileSum.ofAll(folder, folder.resolve(MODEL)));
        Files.writeString(folder.resolve(STATE), GSON.toJson(checkpoint));
        DurableFiles.sync(folder);
    }

    /**
     * Reads and checks a checkpoint's description.
     *
     * @throws IOException if it is not whole, saying what is wrong with it
     */
    static TrainingCheckpoint read(Path folder) throws IOException {
        TrainingCheckpoint checkpoint = parse(folder.resolve(STATE));
        if (checkpoint.format != FORMAT) {
            throw new IOException(STATE + " has format " + checkpoint.format + ", not " + FORMAT);
        }
        Map<String, FileSum> found = FileSum.ofAll(folder, folder.resolve(MODEL));
        for (Map.Entry<String, FileSum> file : checkpoint.files.entrySet()) {
            FileSum sum = found.get(file.getKey());
            if (!file.getValue().equals(sum)) {
                throw new IOException(file.getKey() + (sum == null ? " is missing" : " was changed or cut short"));
            }
        }
        return checkpoint;
    }

    void readModel(Path folder, TrainableModel model) throws IOException {
        model.readState(folder.resolve(MODEL));
    }

    /**
     * Refuses to go on where the options or data are not those of the checkpoint.
     *
     * @throws ClozeException {@code TrainingCheckpoint}, with every difference
     */
    void requireIdentity(Path folder, Map<String, String> asked) {
        StringBuilder differences = new StringBuilder();
        TreeSet<String> names = new TreeSet<>(identity.keySet());
        names.addAll(asked.keySet());
        for (String name : names) {
            String there = identity.getOrDefault(name, "(none)");
            String here = asked.getOrDefault(name, "(none)");
            if (!there.equals(here)) {
                differences.append("  ").append(name).append(": ").append(there).append(" in the checkpoint, ");
                differences.append(here).append(" in this training\n");
            }
        }
        if (!differences.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_CHECKPOINT,
                    "The checkpoint in " + folder + " belongs to another training.\n" + differences
                            + "  Choose another checkpoint folder, or delete this one to start anew.");
        }
    }

    private static TrainingCheckpoint parse(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(STATE + " is missing");
        }
        try {
            TrainingCheckpoint checkpoint = GSON.fromJson(Files.readString(file), TrainingCheckpoint.class);
            if (checkpoint == null
                    || (Object) checkpoint.progress == null
                    || (Object) checkpoint.identity == null
                    || (Object) checkpoint.files == null) {
                throw new IOException(STATE + " is incomplete");
            }
            return checkpoint;
        } catch (JsonParseException e) {
            throw new IOException(STATE + " is not valid JSON", e);
        }
    }
}
