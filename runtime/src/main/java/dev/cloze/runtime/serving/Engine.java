package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.ServedClozePipeline;
import dev.cloze.runtime.ServedExtractionPipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.ServedRegressionPipeline;
import dev.cloze.runtime.ServedTextPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.backbone.joint.DaemonThreads;
import dev.cloze.runtime.backbone.joint.Meeting;
import dev.cloze.runtime.serving.ServedClassification.Labels;
import dev.cloze.runtime.serving.ServedCloze.Words;
import dev.cloze.runtime.serving.ServedExtraction.Spans;
import dev.cloze.runtime.serving.ServedRegression.Values;
import dev.cloze.runtime.serving.ServedTexts.Texts;
import dev.cloze.runtime.tuning.Sharing;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that are served from one model, see {@link dev.cloze.runtime.PromptEngine}; or one task, whose pipeline has weights of
 * its own, from a queue by itself.
 */
public final class Engine {

    private final EngineSettings settings;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Desk<?, ?, ?>> desks = new LinkedHashSet<>();
    private final @Nullable Lane own;
    private @Nullable SharedModel shared;
    private boolean closed;

    private Engine(EngineSettings settings, @Nullable Lane own) {
        this.settings = settings;
        this.own = own;
        this.clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadlines"));
        clock.setRemoveOnCancelPolicy(true);
    }

    /** An engine without tasks. */
    public Engine(EngineSettings settings) {
        this(settings, null);
    }

    /** An engine for one pipeline, whatever it is; a text is begun beside others, and batches of all else one after another. */
    static Engine ofOne(EngineSettings settings, boolean writes) {
        return new Engine(settings, new Lane("alone", settings.rows(), !writes, Meeting.ofNobody()));
    }

    /** Whether it is one for one pipeline. */
    boolean isOfOne() {
        return own != null;
    }

    /** Takes over a pipeline that chooses labels. */
    public <I, L> ServedPipeline<I, L> add(PromptPipeline<I, L> pipeline) {
        return add(pipeline, settings);
    }

    /** The same, with other settings of its queue; rows are the engine's. */
    <I, L> ServedPipeline<I, L> add(PromptPipeline<I, L> pipeline, EngineSettings queue) {
        Guest<Labels<I, L>> guest = guests().of(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedClassification<>(this, desk(task, queue, true, labelLane(), guest, Labels::predictions));
    }

    /** Takes over a pipeline that gives numbers. */
    public <I> ServedRegressionPipeline<I> add(RegressionPipeline<I> pipeline) {
        return add(pipeline, settings);
    }

    /** The same, with other settings of its queue; rows are the engine's. */
    <I> ServedRegressionPipeline<I> add(RegressionPipeline<I> pipeline, EngineSettings queue) {
        Guest<Values<I>> guest = guests().of(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedRegression<>(this, desk(task, queue, true, labelLane(), guest, Values::numbers));
    }

    /** Takes over a pipeline that ranks words. */
    public <I> ServedClozePipeline<I> add(ClozePipeline<I> pipeline) {
        return add(pipeline, settings);
    }

    /** The same, with other settings of its queue; rows are the engine's. */
    <I> ServedClozePipeline<I> add(ClozePipeline<I> pipeline, EngineSettings queue) {
        Guest<Words<I>> guest = guests().of(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedCloze<>(this, desk(task, queue, true, labelLane(), guest, Words::ranked));
    }

    /** Takes over a pipeline that finds spans. */
    public <I, L> ServedExtractionPipeline<I, L> add(ExtractionPipeline<I, L> pipeline) {
        return add(pipeline, settings);
    }

    /** The same, with other settings of its queue; rows are the engine's. */
    <I, L> ServedExtractionPipeline<I, L> add(ExtractionPipeline<I, L> pipeline, EngineSettings queue) {
        Guest<Spans<I, L>> guest = guests().of(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedExtraction<>(this, desk(task, queue, true, labelLane(), guest, Spans::found));
    }

    /** Takes over a pipeline that writes texts. */
    public <I> ServedTextPipeline<I> add(TextPipeline<I> pipeline) {
        return add(pipeline, settings);
    }

    /** The same, with other settings of its queue; rows are the engine's. */
    <I> ServedTextPipeline<I> add(TextPipeline<I> pipeline, EngineSettings queue) {
        Guest<Texts<I>> guest = guests().of(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        Lane lane = own != null ? own : model().textLane();
        return new ServedTexts<>(this, desk(task, queue, false, lane, guest, Texts::written), pipeline.options());
    }

    private Lane labelLane() {
        return own != null ? own : model().labelLane();
    }

    private synchronized <A, R extends Request<T>, T> Desk<A, R, T> desk(
            String task,
            EngineSettings waiting,
            boolean together,
            Lane lane,
            Guest<A> guest,
            BiFunction<A, List<R>, List<T>> answering) {
        requireOpen();
        Host<A, R, T> host = new Host<>(guest, answering);
        TaskQueue<R> queue = new TaskQueue<>(task, waiting, together, host::answer);
        Desk<A, R, T> desk = new Desk<>(lane, queue, host, waiting, clock, this::forget);
        desks.add(desk);
        return desk;
    }

    private synchronized void forget(Desk<?, ?, ?> desk) {
        desks.remove(desk);
    }

    /** What makes guests of pipelines, which share the engine's model unless it is an engine of one. */
    Guests guests() {
        return own != null ? Guests.alone() : Guests.sharing(this::model);
    }

    /** The engine's model, which is that of the first pipeline; refuses one that shares another. */
    private synchronized SharedModel model(String task, Sharing<?> sharing) {
        requireOpen();
        SharedModel present = shared;
        if (present == null) {
            present = new SharedModel(sharing.model(), settings);
            shared = present;
        }
        if (present.model() != sharing.model()) {
            throw Refusal.otherModel(task, sharing.model(), present.model());
        }
        return present;
    }

    private synchronized SharedModel model() {
        SharedModel present = shared;
        if (present == null) {
            throw isClosed();
        }
        return present;
    }

    private void requireOpen() {
        if (closed) {
            throw isClosed();
        }
    }

    private static ClozeException isClosed() {
        return new ClozeException(
                Problem.PIPELINE_CLOSED,
                "This engine has been closed.\n  Add pipelines inside its try block, or open another one.");
    }

    /** Its numbers at the moment. */
    public synchronized EngineStatus status() {
        EngineStatus none = new EngineStatus(desks.size(), 0, 0, 0, 0, 0);
        if (own != null) {
            return own.status(none, own.batches());
        }
        return shared == null ? none : shared.status(desks.size());
    }

    /** Refuses what waits or is being answered. */
    public void reject() {
        close(() -> present().forEach(Desk::reject));
    }

    /** Answers what waits, and frees all. */
    public void close() {
        close(() -> {});
    }

    private void close(Runnable first) {
        synchronized (this) {
            closed = true;
        }
        first.run();
        present().forEach(Desk::close);
        clock.shutdownNow();
        SharedModel last;
        synchronized (this) {
            last = shared;
            shared = null;
        }
        if (last != null) {
            last.close();
        }
        if (own != null) {
            own.close();
        }
    }

    private synchronized List<Desk<?, ?, ?>> present() {
        return List.copyOf(desks);
    }
}
