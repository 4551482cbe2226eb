package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.PromptEngine;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import java.util.ArrayList;
import java.util.List;

/** An engine for each model that pipelines share; pipelines with weights of their own, or of other kinds, answer by themselves. */
public final class SharedEngines {

    private final EngineSettings settings;
    private final boolean enabled;
    private final List<PromptEngine> engines = new ArrayList<>();
    private EngineStatus gone = new EngineStatus(0, 0, 0, 0, 0, 0);
    private boolean closed;

    /**
     * None yet.
     *
     * @param enabled otherwise every pipeline answers by itself
     */
    public SharedEngines(EngineSettings settings, boolean enabled) {
        this.settings = settings;
        this.enabled = enabled;
    }

    /** The pipeline as it is served, or itself where it can't be; whichever is to be closed. */
    public synchronized <P extends AutoCloseable> P serve(P pipeline) {
        if (closed || !enabled || !isServable(pipeline)) {
            return pipeline;
        }
        for (PromptEngine engine : engines) {
            P served = added(engine, pipeline);
            if (served != pipeline) {
                return served;
            }
        }
        PromptEngine another = PromptEngine.of(settings);
        P served = added(another, pipeline);
        if (served == pipeline) {
            another.close();
        } else {
            engines.add(another);
        }
        return served;
    }

    private static boolean isServable(Object pipeline) {
        return pipeline instanceof PromptPipeline<?, ?>
                || pipeline instanceof RegressionPipeline<?>
                || pipeline instanceof ClozePipeline<?>
                || pipeline instanceof TextPipeline<?>;
    }

    /** The same pipeline where the engine refuses it. */
    @SuppressWarnings("unchecked") // what an engine gives back is of the interface that it was given
    private static <P extends AutoCloseable> P added(PromptEngine engine, P pipeline) {
        try {
            if (pipeline instanceof PromptPipeline<?, ?> labels) {
                return (P) engine.add(labels);
            }
            if (pipeline instanceof RegressionPipeline<?> numbers) {
                return (P) engine.add(numbers);
            }
            if (pipeline instanceof ClozePipeline<?> words) {
                return (P) engine.add(words);
            }
            return pipeline instanceof TextPipeline<?> texts ? (P) engine.add(texts) : pipeline;
        } catch (ClozeException e) {
            if (e.problem() == Problem.SERVING_BACKBONE) {
                return pipeline;
            }
            throw e;
        }
    }

    /** Gives back models that no task asks any more. */
    public synchronized void prune() {
        for (PromptEngine engine : List.copyOf(engines)) {
            if (engine.status().tasks() == 0) {
                gone = sum(gone, engine.status());
                engines.remove(engine);
                engine.close();
            }
        }
    }

    /** What all of them are doing and have done. */
    public synchronized EngineStatus status() {
        EngineStatus sum = gone;
        for (PromptEngine engine : engines) {
            sum = sum(sum, engine.status());
        }
        return sum;
    }

    private static EngineStatus sum(EngineStatus one, EngineStatus other) {
        return new EngineStatus(
                one.tasks() + other.tasks(),
                one.waiting() + other.waiting(),
                one.rows() + other.rows(),
                one.answered() + other.answered(),
                one.refused() + other.refused(),
                one.passes() + other.passes());
    }

    /** Refuses what still waits and frees all. */
    public void closeNow() {
        List<PromptEngine> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(engines);
        }
        last.forEach(PromptEngine::closeNow);
    }
}
