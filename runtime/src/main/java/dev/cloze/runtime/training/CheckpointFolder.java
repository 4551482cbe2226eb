package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.file.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a training's checkpoints, held by one training at a time.
 *
 * <p>A checkpoint is written to {@code .step-N.partial} beside the others, brought to the disk, and renamed to {@code
 * step-N}; only then is its predecessor deleted. So a folder named {@code step-N} is whole, whenever the process, or the
 * power, ends.
 */
final class CheckpointFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);
    private static final String STEP = "step-";

    private final Path folder;
    private final Map<String, String> identity;
    private final FileChannel lockFile;

    private CheckpointFolder(Path folder, Map<String, String> identity, FileChannel lockFile) {
        this.folder = folder;
        this.identity = identity;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder for a training of this identity, making it if need be.
     *
     * @throws ClozeException {@code TrainingCheckpoint} if another training holds it, {@code DiskWrite} if it can't be
     *     written to
     */
    static CheckpointFolder open(Path folder, Map<String, String> identity) {
        try {
            DiskFolders.make(folder);
            FileChannel lockFile =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(lockFile)) {
                lockFile.close();
                throw new ClozeException(
                        Problem.TRAINING_CHECKPOINT,
                        "The checkpoint folder " + folder + " is in use by another training.\n"
                                + "  Give each training a checkpoint folder of its own.");
            }
            CheckpointFolder taken = new CheckpointFolder(folder, identity, lockFile);
            taken.sweep();
            return taken;
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The checkpoint folder " + folder + " cannot be written to: " + reason(e) + ".\n"
                            + "  Choose a folder that this user may write to.",
                    e);
        }
    }

    private static boolean isTaken(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    /**
     * Sets the model to the last whole checkpoint.
     *
     * @return how far that was, or null if there is no checkpoint
     * @throws ClozeException {@code TrainingCheckpoint} if it belongs to another training, or none is whole
     */
    @Nullable
    TrainingProgress resume(TrainableModel model) {
        @Nullable IOException firstDamage = null;
        for (Path step : steps()) {
            try {
                TrainingCheckpoint checkpoint = TrainingCheckpoint.read(step);
                checkpoint.requireIdentity(step, identity);
                checkpoint.readModel(step, model);
                LOG.info("Going on from the checkpoint {}.", step);
                return checkpoint.progress();
            } catch (IOException e) {
                LOG.warn("The checkpoint {} is damaged ({}); looking for an older one.", step, reason(e));
                firstDamage = firstDamage == null ? e : firstDamage;
            }
        }
        if (firstDamage != null) {
            throw new ClozeException(
                    Problem.TRAINING_CHECKPOINT,
                    "The checkpoint in " + folder + " is damaged: " + reason(firstDamage) + ".\n"
                            + "  There is no older one. Delete the folder to start anew.",
                    firstDamage);
        }
        return null;
    }

    /**
     * Writes a checkpoint, then deletes those before it. An interrupt doesn't cut it short, and is kept.
     *
     * @throws ClozeException {@code DiskWrite}; the previous checkpoint is intact
     */
    void write(TrainingProgress progress, TrainableModel model) {
        Path partial = folder.resolve("." + STEP + progress.step() + ".partial");
        Path whole = folder.resolve(STEP + progress.step());
        try {
            Path written = Uninterrupted.call(() -> {
                DiskFolders.delete(partial);
                Files.createDirectory(partial);
                TrainingCheckpoint.write(partial, progress, identity, model);
                return partial;
            });
            discard(whole);
            Files.move(written, whole, StandardCopyOption.ATOMIC_MOVE);
            Uninterrupted.call(() -> DurableFiles.syncEntries(folder));
            for (Path step : steps()) {
                if (!step.equals(whole)) {
                    discard(step);
                }
            }
            LOG.debug("Wrote the checkpoint {}.", whole);
        } catch (IOException e) {
            deletePartial(partial, e);
            throw refusal(progress.step(), model.stateBytes(), e);
        } catch (RuntimeException e) {
            deletePartial(partial, e);
            throw asRefusal(progress.step(), model.stateBytes(), e);
        }
    }

    /** The room it takes may be what is missing. */
    private static void deletePartial(Path partial, Exception failure) {
        try {
            DiskFolders.delete(partial);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** A model may wrap what kept it from writing. */
    private RuntimeException asRefusal(int step, long bytes, RuntimeException failure) {
        boolean isWrite = failure instanceof UncheckedIOException
                || (failure instanceof ClozeException cloze && cloze.problem() == Problem.DISK_WRITE);
        return isWrite && failure.getCause() instanceof IOException io ? refusal(step, bytes, io) : failure;
    }

    private ClozeException refusal(int step, long bytes, IOException cause) {
        List<Path> intact = steps();
        String left = intact.isEmpty()
                ? "There is no earlier checkpoint."
                : "The checkpoint " + intact.get(0).getFileName() + " is intact: the same training goes on from there.";
        return new ClozeException(
                Problem.DISK_WRITE,
                "The checkpoint of step " + step + " could not be written to " + folder + ": " + reason(cause) + ".\n"
                        + "  " + left + "\n"
                        + "  Free some space, or choose another checkpoint folder. "
                        + DiskSpace.compared(folder, bytes),
                cause);
    }

    /** Whole checkpoints, the latest first. */
    private List<Path> steps() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches(STEP + "\\d{1,9}"))
                    .sorted(Comparator.comparingInt(CheckpointFolder::stepOf).reversed())
                    .toList();
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.TRAINING_CHECKPOINT, "The checkpoint folder " + folder + " cannot be read.", e);
        }
    }

    private static int stepOf(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring(STEP.length()));
    }

    /** Takes the name away before the content, so that what is half deleted is never taken for whole. */
    private void discard(Path checkpoint) throws IOException {
        if (Files.exists(checkpoint)) {
            Path old = folder.resolve("." + checkpoint.getFileName() + ".old");
            DiskFolders.delete(old);
            Files.move(checkpoint, old, StandardCopyOption.ATOMIC_MOVE);
            DiskFolders.delete(old);
        }
    }

    /** Deletes what a killed process left unfinished. */
    private void sweep() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().matches("\\." + STEP + "\\d+\\.(partial|old)")) {
                    DiskFolders.delete(entry);
                }
            }
        }
    }

    /** The message of a file system's exception is often no more than a path. */
    private static String reason(IOException e) {
        boolean isPathOnly = e instanceof FileSystemException file && file.getReason() == null;
        String message = e.getMessage();
        return isPathOnly || message == null ? e.getClass().getSimpleName() + " " + message : message;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("The lock of {} could not be closed.", folder, e);
        }
    }
}
