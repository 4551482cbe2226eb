package dev.cloze.runtime;

import dev.cloze.runtime.disk.DiskWatch;
import dev.cloze.runtime.disk.WatchedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run comes to, one line each, and the line at which its process is killed: {@code write .pattern-1-1.partial/result/scores.bin}
 * before bytes go to that file, {@code pattern-1-1 step 3} after a training's step. A line tells the step of a plan that is at work.
 */
public final class Stages {

    private static final Pattern BEGUN = Pattern.compile("folder \\.([^/]+)\\.partial");

    private final Path folder;
    private final Pattern last;
    private final Path told;
    private String step = "training";

    /**
     * Of a run in a folder.
     *
     * @param last a pattern of the line at whose first coming the process is killed
     * @param told the file for that line
     */
    Stages(Path folder, String last, Path told) {
        this.folder = folder;
        this.last = Pattern.compile(last);
        this.told = told;
    }

    /** Of a run that nobody kills. */
    public static Stages undisturbed(Path folder) {
        return new Stages(folder, "(?!)", folder);
    }

    /** The folder as a run is to have it. */
    Path folder() {
        return WatchedDisk.of(folder, this::before);
    }

    private void before(DiskWatch.Change change, Path place) {
        String line = change.name().toLowerCase(Locale.ROOT) + " "
                + folder.relativize(place).toString().replace('\\', '/');
        Matcher begun = BEGUN.matcher(line);
        step = begun.matches() && !begun.group(1).startsWith("step-") ? begun.group(1) : step;
        come(line);
    }

    TrainingListener listener() {
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded ended) {
                come(step + " step " + ended.step());
            }

            @Override
            public void onEnd(TrainingEnded ended) {
                come(step + " is trained");
            }
        };
    }

    void come(String line) {
        if (last.matcher(line).matches()) {
            try {
                Files.writeString(told, line);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            KillableRun.kill();
        }
    }
}
