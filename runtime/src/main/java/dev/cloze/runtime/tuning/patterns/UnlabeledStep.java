package dev.cloze.runtime.tuning.patterns;

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

    private final TextSpool texts;
    private final String hash;
    private final int labeled;

    private UnlabeledStep(TextSpool texts, String hash, int labeled) {
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
        return new UnlabeledStep(TextSpool.open(step.folder(), task.placeholders()), step.hash(), left[0]);
    }

    /** How many were left out. */
    int labeled() {
        return labeled;
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
