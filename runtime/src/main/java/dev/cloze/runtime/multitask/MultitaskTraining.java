package dev.cloze.runtime.multitask;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.MultitaskAdapter;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.SharingStrategy;
import dev.cloze.runtime.tuning.SourceTask;
import dev.cloze.runtime.tuning.Strategies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Trains a prompt for each of several tasks alone, and then the one they share with these as its teachers. */
public final class MultitaskTraining {

    private final List<Source> sources;
    private final TrainingRequest request;
    private final TrainingRequest teachers;
    private final double teaching;

    /**
     * @param request the shared prompt's training
     * @param teachers each teacher's
     * @param teaching how much they count; at 0 there are none
     */
    public MultitaskTraining(List<Source> sources, TrainingRequest request, TrainingRequest teachers, double teaching) {
        this.sources = List.copyOf(sources);
        this.request = request;
        this.teachers = teachers;
        this.teaching = teaching;
    }

    /** Trains; nothing stays open. */
    public MultitaskAdapter run() {
        TaskTuning tuning = tuning();
        TrainingRequest shared = inFolder(request.of(MethodTable.of(tuning.method(), kind())), "shared");
        SharingStrategy strategy = Strategies.sharing();
        int length = strategy.length(tuning, shared);
        sources.forEach(Source::check);
        List<SourceTask> tasks = new ArrayList<>();
        for (Source source : sources) {
            tasks.add(source(source, tasks.size(), length));
        }
        return strategy.tuneTogether(tuning, tasks, teaching, shared);
    }

    /** One method and one model; what the tasks' annotations say beside that is of the tasks alone. */
    private TaskTuning tuning() {
        if (sources.isEmpty()) {
            throw tooFew(
                    "There is no task to train a shared prompt on.\n  Add at least one: task(name, trainer, train).");
        }
        List<String> models = sources.stream()
                .map(source -> source.tuning().backbone())
                .distinct()
                .toList();
        if (models.size() > 1) {
            throw new ClozeException(
                    Problem.TUNING_BACKBONE_UNSUPPORTED,
                    "The tasks are of several models: "
                            + sources.stream()
                                    .map(source -> source.name() + " of \""
                                            + source.tuning().backbone() + "\"")
                                    .collect(Collectors.joining(", "))
                            + ".\n  A prompt means something to one model only. Name the same in each @Tuning(backbone"
                            + " = \"...\").");
        }
        long withDev = sources.stream().filter(Source::hasDev).count();
        if (withDev != 0 && withDev != sources.size()) {
            throw tooFew("Only " + withDev + " of " + sources.size()
                    + " tasks have development examples.\n  Give some of every task, or of none.");
        }
        TaskTuning tuning = TaskTuning.of(TuningMethod.MULTITASK_PROMPT_TUNING, models.get(0));
        return precision().map(tuning::withPrecision).orElse(tuning);
    }

    /** One model multiplies in one precision. */
    private Optional<Precision> precision() {
        List<Optional<Precision>> asked = sources.stream()
                .map(source -> source.tuning().precision())
                .distinct()
                .toList();
        if (asked.size() > 1) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "The tasks ask for several precisions: "
                            + sources.stream()
                                    .map(source -> source.name() + " for "
                                            + source.tuning()
                                                    .precision()
                                                    .map(Enum::name)
                                                    .orElse("none"))
                                    .collect(Collectors.joining(", "))
                            + ".\n  They share one model, which has one. Set it in options(o -> o.withPrecision(...)), which is for all.");
        }
        return asked.get(0);
    }

    private static ClozeException tooFew(String details) {
        return new ClozeException(Problem.TRAINING_TOO_FEW_EXAMPLES, details);
    }

    /** Options of labels alone are refused where there are none. */
    private TaskKind kind() {
        return sources.stream().allMatch(TextSource.class::isInstance) ? TaskKind.TEXT : TaskKind.CLASSIFICATION;
    }

    private SourceTask source(Source source, int number, int length) {
        return source.task(teaching == 0 ? List.of() : teacher(source, alone(number, length)));
    }

    private static List<float[]> teacher(Source source, TrainingRequest alone) {
        try {
            return source.alone(alone);
        } catch (ClozeException e) {
            if (e.problem() != Problem.TRAINING_DIVERGED) {
                throw e;
            }
            throw new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    "The training of the prompt of \"" + source.name() + "\" alone, which is to teach, failed.\n  "
                            + e.details().stripTrailing() + "\n  Its options are those of teachers(...).",
                    e);
        }
    }

    /** What trains the virtual tokens of one task alone. */
    private TrainingRequest alone(int number, int length) {
        TrainingRequest own = inFolder(teachers, "teacher-" + number);
        return new TrainingRequest(
                options -> own.change()
                        .apply(options)
                        .with(TuningOptions.PROMPT_LENGTH, length)
                        .with(PromptTuningOptions.PROMPTS, 1), // one teaches
                own.listeners(),
                own.quiet());
    }

    /** The same with a folder of its own below that which is written of the shared prompt's training, if there is one. */
    private TrainingRequest inFolder(TrainingRequest one, String name) {
        return new TrainingRequest(
                options -> {
                    Path written =
                            request.change().apply(TrainingOptions.defaults()).checkpointFolder();
                    TrainingOptions changed = one.change().apply(options);
                    return written == null ? changed : changed.withCheckpointFolder(written.resolve(name));
                },
                one.listeners(),
                one.quiet());
    }
}
