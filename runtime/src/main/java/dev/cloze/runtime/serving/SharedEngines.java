package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An engine for each model that pipelines share; pipelines with weights of their own answer by themselves. */
public final class SharedEngines {

    private final EngineSettings settings;
    private final boolean enabled;
    private final List<Engine> engines = new ArrayList<>();
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

    /** The pipeline as it is served, or itself where none is; whichever is to be closed. */
    public <P extends AutoCloseable> P serve(P pipeline) {
        return serve(pipeline, settings);
    }

    /**
     * The same, with other settings of its queue than those of all.
     *
     * @param queue whose rows mean nothing: they are those of all
     */
    public synchronized <P extends AutoCloseable> P serve(P pipeline, EngineSettings queue) {
        if (closed || !enabled) {
            return pipeline;
        }
        for (Engine engine : engines) {
            Optional<P> served = engine.isOfOne() ? Optional.empty() : added(engine, pipeline, queue);
            if (served.isPresent()) {
                return served.get();
            }
        }
        Optional<P> first = first(new Engine(settings), pipeline, queue);
        if (first.isPresent()) {
            return first.get();
        }
        return first(Engine.ofOne(settings, pipeline instanceof TextPipeline<?>), pipeline, queue)
                .orElse(pipeline);
    }

    private <P extends AutoCloseable> Optional<P> first(Engine engine, P pipeline, EngineSettings queue) {
        Optional<P> served = added(engine, pipeline, queue);
        if (served.isPresent()) {
            engines.add(engine);
        } else {
            engine.close();
        }
        return served;
    }

    /** How all are served, unless their queues are said to be otherwise. */
    public EngineSettings settings() {
        return settings;
    }

    /** Nothing where the engine refuses it. */
    @SuppressWarnings("unchecked") // what an engine gives back is of the interface that it was given
    private static <P extends AutoCloseable> Optional<P> added(Engine engine, P pipeline, EngineSettings queue) {
        try {
            if (pipeline instanceof PromptPipeline<?, ?> labels) {
                return Optional.of((P) engine.add(labels, queue));
            }
            if (pipeline instanceof RegressionPipeline<?> numbers) {
                return Optional.of((P) engine.add(numbers, queue));
            }
            if (pipeline instanceof ClozePipeline<?> words) {
                return Optional.of((P) engine.add(words, queue));
            }
            if (pipeline instanceof ExtractionPipeline<?, ?> spans) {
                return Optional.of((P) engine.add(spans, queue));
            }
            return pipeline instanceof TextPipeline<?> texts
                    ? Optional.of((P) engine.add(texts, queue))
                    : Optional.empty();
        } catch (ClozeException e) {
            if (e.problem() == Problem.SERVING_BACKBONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Gives back models that no task asks any more. */
    public synchronized void prune() {
        for (Engine engine : List.copyOf(engines)) {
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
        for (Engine engine : engines) {
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
        List<Engine> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(engines);
        }
        last.forEach(Engine::reject);
    }
}
