package dev.cloze.runtime.tuning.plan;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.training.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plan at work in a folder, held by one run at a time. A step is written beside the others under a name that begins with a
 * dot, brought to the disk, and only then called by its own name: so a step that is there is whole, whenever the process
 * ends. A step that is there, made of the same inputs, is not done again.
 */
public final class PlanRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlanRun.class);

    private static final String NAME_ONE =
            "Or name a folder with withCheckpointFolder, where the same training goes on later.";

    private final Path folder;
    private final boolean temporary;
    private final FileChannel lock;

    private PlanRun(Path folder, boolean temporary, FileChannel lock) {
        this.folder = folder;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Takes a folder.
     *
     * @param kept null for one that is gone when the run is closed
     * @throws ClozeException {@code TRAINING_CHECKPOINT} if another run holds it, {@code DISK_WRITE}
     */
    public static PlanRun open(@Nullable Path kept) {
        try {
            Path folder = kept == null ? Files.createTempDirectory("cloze-plan-") : DiskFolders.make(kept);
            FileChannel lock =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(lock)) {
                lock.close();
                throw new ClozeException(
                        Problem.TRAINING_CHECKPOINT,
                        "The checkpoint folder " + folder + " is in use by another training.\n"
                                + "  Give each training a checkpoint folder of its own.");
            }
            return new PlanRun(folder, kept == null, lock);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    kept == null
                            ? "The system's folder for temporary files cannot be written to: " + e
                                    + ".\n  Free some space there. " + NAME_ONE
                            : "The checkpoint folder " + kept + " cannot be written to: " + e
                                    + ".\n  Choose a folder that this user may write to.",
                    e);
        }
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    /** What a step does. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does the step.
         *
         * @param result an empty folder for what it leaves
         * @param scratch a folder that outlives a process which ends before the step does, for checkpoints; gone afterwards
         */
        void write(Path result, Path scratch) throws IOException;
    }

    /** Does a step whatever was there before: its hash tells whether what it writes is the same. */
    public FinishedStep anew(String name, Work work) {
        return step(name, Map.of(), work, false);
    }

    /**
     * Does a step, unless it has been done with the same inputs.
     *
     * @throws ClozeException {@code TRAINING_STOPPED} where the thread is interrupted, {@code DISK_WRITE}
     */
    public FinishedStep step(String name, Map<String, String> inputs, Work work) {
        return step(name, inputs, work, true);
    }

    private FinishedStep step(String name, Map<String, String> inputs, Work work, boolean once) {
        Path step = folder.resolve(name);
        try {
            StepRecord done = once ? StepRecord.read(step) : null;
            if (done != null && done.inputs().equals(inputs)) {
                LOG.info("{} is done already.", name);
                return finished(step, done);
            }
            requireRunning(null);
            return doStep(name, step, inputs, work);
        } catch (IOException | UncheckedIOException e) {
            requireRunning(e);
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The step " + name + " could not be written to " + folder + ": " + e.getMessage() + ".\n  "
                            + (temporary
                                    ? "Free some space there. " + NAME_ONE
                                    : "The steps before it are intact: the same training goes on from there.\n"
                                            + "  Free some space or choose another checkpoint folder."),
                    e);
        } catch (ClozeException e) {
            if (e.problem() == Problem.TRAINING_CHECKPOINT) {
                requireRunning(e); // an interrupt closes the files that are being read
            }
            throw e;
        }
    }

    private FinishedStep doStep(String name, Path step, Map<String, String> inputs, Work todo) throws IOException {
        Path partial = folder.resolve("." + name + ".partial");
        Path work = folder.resolve("." + name + ".work");
        Path scratch = work.resolve(StepRecord.hash(inputs));
        discard(partial);
        DiskFolders.make(partial.resolve(StepRecord.RESULT));
        if (!Files.exists(scratch)) {
            DiskFolders.delete(work); // of other inputs, which nobody goes on with
            DiskFolders.make(scratch);
        }
        try {
            todo.write(partial.resolve(StepRecord.RESULT), scratch);
            StepRecord.write(partial, inputs);
            discard(step);
            Files.move(partial, step, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncEntries(folder);
            DiskFolders.delete(work);
        } catch (IOException | RuntimeException | Error e) {
            discardAfter(partial, e); // the room it takes may be what is missing
            throw e;
        }
        StepRecord done = StepRecord.read(step);
        if (done == null) {
            throw new IOException("what was written to " + step + " is not what is read from it");
        }
        return finished(step, done);
    }

    private static FinishedStep finished(Path step, StepRecord done) {
        return new FinishedStep(step.resolve(StepRecord.RESULT), done.hash());
    }

    /** Takes the name away before the content, so that what is half deleted is never taken for whole. */
    private void discard(Path step) throws IOException {
        if (Files.exists(step)) {
            Path old = folder.resolve("." + step.getFileName() + ".old");
            DiskFolders.delete(old);
            Files.move(step, old, StandardCopyOption.ATOMIC_MOVE);
            DiskFolders.delete(old);
        }
    }

    private static void discardAfter(Path partial, Throwable failure) {
        try {
            DiskFolders.delete(partial);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    /** Refuses to go on in a thread that was interrupted. */
    public void requireRunning(@Nullable Throwable cause) {
        if (Thread.currentThread().isInterrupted()) {
            throw stopped(cause);
        }
    }

    /** What is thrown where a training was stopped on the way. */
    public ClozeException stopped(@Nullable Throwable cause) {
        String left = temporary
                ? "Nothing of it is kept, as it had no checkpoint folder.\n  Give it one with withCheckpointFolder, and the"
                        + " same training goes on from there."
                : "The same training goes on from " + folder + ".";
        String details = "The training was stopped before it had made anything to predict with.\n  " + left;
        return cause == null
                ? new ClozeException(Problem.TRAINING_STOPPED, details)
                : new ClozeException(Problem.TRAINING_STOPPED, details, cause);
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                DiskFolders.delete(folder);
            }
        } catch (IOException e) {
            LOG.warn("The folder {} could not be given back.", folder, e);
        }
    }
}
