package dev.cloze.runtime.tuning.patterns;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.UnlabeledValues;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.unlabeled.SpoolWriter;
import dev.cloze.runtime.tuning.unlabeled.TextSpool;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The texts without a label, spooled to the run's folder; those that are among the labelled examples are left out. */
public final class UnlabeledStep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnlabeledStep.class);

    private final LabelTask task;
    private final TextSpool texts;
    private final String hash;
    private final int labeled;

    private UnlabeledStep(LabelTask task, TextSpool texts, String hash, int labeled) {
        this.task = task;
        this.texts = texts;
        this.hash = hash;
        this.labeled = labeled;
    }

    static UnlabeledStep of(PlanRun plan, LabelTask task, UnlabeledValues source, List<LabeledValues> labeled) {
        Set<Map<String, String>> known = new HashSet<>();
        labeled.forEach(examples -> known.addAll(examples.inputs()));
        int[] left = {0};
        FinishedStep step = plan.anew("unlabeled-texts", (result, scratch) -> {
            try (SpoolWriter writer = new SpoolWriter(result, task.placeholders())) {
                source.forEach(values -> {
                    if (known.contains(values)) {
                        left[0]++;
                    } else {
                        writer.add(values);
                    }
                });
            }
        });
        if (left[0] > 0) {
            LOG.warn(
                    "{}: {} of the unlabelled texts are among the labelled examples, and are left out.",
                    task.name(),
                    left[0]);
        }
        return new UnlabeledStep(task, TextSpool.open(step.folder(), task.placeholders()), step.hash(), left[0]);
    }

    /** Refuses to go on without any: {@code TRAINING_UNLABELED_MISSING}. */
    public void require() {
        if (!texts.isEmpty()) {
            return;
        }
        String why =
                labeled == 0 ? "there are none" : "all " + labeled + " that were given are labelled examples as well";
        throw new ClozeException(
                Problem.TRAINING_UNLABELED_MISSING,
                task.tuning().method() + " learns from texts without a label, and " + why
                        + ".\n  Give them as the third argument: trainer().fit(train, dev, unlabeled); thousands of them are"
                        + " usual.\n  Without any, trainer().fitEnsemble(train, dev) has PET's models answer together, and"
                        + " trainer().method(TuningMethod.PROMPT_FINE_TUNING).template(0) tunes one template.");
    }

    /** The texts, each read when it is asked for. */
    public TextSpool texts() {
        return texts;
    }

    /** The SHA-256 of all of them. */
    public String hash() {
        return hash;
    }

    @Override
    public void close() {
        texts.close();
    }
}
