package dev.cloze.runtime.serving;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.ServedClozePipeline;
import dev.cloze.runtime.ServedPipeline;
import dev.cloze.runtime.ServedRegressionPipeline;
import dev.cloze.runtime.ServedTextPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.backbone.joint.DaemonThreads;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.cloze.ClozeSession;
import dev.cloze.runtime.regression.RegressionSession;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.serving.ServedClassification.Labels;
import dev.cloze.runtime.serving.ServedCloze.Words;
import dev.cloze.runtime.serving.ServedRegression.Values;
import dev.cloze.runtime.serving.ServedTexts.Texts;
import dev.cloze.runtime.text.TextSession;
import dev.cloze.runtime.text.WritingPipeline;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.TextAnswers;
import dev.cloze.runtime.tuning.ValueAnswers;
import dev.cloze.runtime.tuning.WordAnswers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The tasks that are served from one model, see {@link dev.cloze.runtime.PromptEngine}. */
public final class Engine {

    private final EngineSettings settings;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Desk<?, ?, ?>> desks = new LinkedHashSet<>();
    private @Nullable SharedModel shared;
    private boolean closed;

    /** An engine without tasks. */
    public Engine(EngineSettings settings) {
        this.settings = settings;
        this.clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadlines"));
        clock.setRemoveOnCancelPolicy(true);
    }

    /** Takes over a pipeline that chooses labels. */
    public <I, L> ServedPipeline<I, L> add(PromptPipeline<I, L> pipeline) {
        Guest<Labels<I, L>> guest = guest(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedClassification<>(this, desk(task, true, model().labelLane(), guest, Labels::predictions));
    }

    /** Takes over a pipeline that gives numbers. */
    public <I> ServedRegressionPipeline<I> add(RegressionPipeline<I> pipeline) {
        Guest<Values<I>> guest = guest(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedRegression<>(this, desk(task, true, model().labelLane(), guest, Values::numbers));
    }

    /** Takes over a pipeline that ranks words. */
    public <I> ServedClozePipeline<I> add(ClozePipeline<I> pipeline) {
        Guest<Words<I>> guest = guest(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedCloze<>(this, desk(task, true, model().labelLane(), guest, Words::ranked));
    }

    /** Takes over a pipeline that writes texts. */
    public <I> ServedTextPipeline<I> add(TextPipeline<I> pipeline) {
        Guest<Texts<I>> guest = guest(pipeline);
        String task = guest.answers().pipeline().session().task().name();
        return new ServedTexts<>(
                this, desk(task, false, model().textLane(), guest, Texts::written), pipeline.options());
    }

    private synchronized <A, R extends Request<T>, T> Desk<A, R, T> desk(
            String task, boolean together, Lane lane, Guest<A> guest, BiFunction<A, List<R>, List<T>> answering) {
        requireOpen();
        Host<A, R, T> host = new Host<>(guest, answering);
        TaskQueue<R> queue = new TaskQueue<>(task, together, host::answer);
        Desk<A, R, T> desk = new Desk<>(lane, queue, host, settings, clock, this::forget);
        desks.add(desk);
        return desk;
    }

    private synchronized void forget(Desk<?, ?, ?> desk) {
        desks.remove(desk);
    }

    <I, L> Guest<Labels<I, L>> guest(PromptPipeline<I, L> pipeline) {
        if (!(pipeline instanceof ClassificationPipeline<I, L> own)) {
            throw Refusal.unknown(pipeline);
        }
        return own.inside(() -> {
            Session<I, L> session = own.session();
            String task = session.task().name();
            Sharing<LabelAnswers> sharing = session.product()
                    .sharing()
                    .orElseThrow(() ->
                            Refusal.notShared(task, session.task().tuning().method(), session.product()));
            Labels<I, L> labels = new Labels<>(own, model(task, sharing).overLabels(sharing));
            return new Guest<>(labels, own::inside, own::close);
        });
    }

    <I> Guest<Values<I>> guest(RegressionPipeline<I> pipeline) {
        if (!(pipeline instanceof SessionPipeline<I> own)) {
            throw Refusal.unknown(pipeline);
        }
        return own.inside(() -> {
            RegressionSession<I> session = own.session();
            String task = session.task().name();
            Sharing<ValueAnswers> sharing = session.product()
                    .sharing()
                    .orElseThrow(() ->
                            Refusal.notShared(task, session.task().tuning().method(), session.product()));
            Values<I> values = new Values<>(own, model(task, sharing).overLabels(sharing));
            return new Guest<>(values, own::inside, own::close);
        });
    }

    <I> Guest<Words<I>> guest(ClozePipeline<I> pipeline) {
        if (!(pipeline instanceof dev.cloze.runtime.cloze.SessionPipeline<I> own)) {
            throw Refusal.unknown(pipeline);
        }
        return own.inside(() -> {
            ClozeSession<I> session = own.session();
            String task = session.task().name();
            Sharing<WordAnswers> sharing = session.product()
                    .sharing()
                    .orElseThrow(() ->
                            Refusal.notShared(task, session.task().tuning().method(), session.product()));
            Words<I> words = new Words<>(own, model(task, sharing).overLabels(sharing));
            return new Guest<>(words, own::inside, own::close);
        });
    }

    <I> Guest<Texts<I>> guest(TextPipeline<I> pipeline) {
        if (!(pipeline instanceof WritingPipeline<I> own)) {
            throw Refusal.unknown(pipeline);
        }
        return own.inside(() -> {
            TextSession<I> session = own.session();
            String task = session.task().name();
            Sharing<TextAnswers> sharing = session.product()
                    .sharing()
                    .orElseThrow(() ->
                            Refusal.notShared(task, session.task().tuning().method(), session.product()));
            Texts<I> texts = new Texts<>(own, model(task, sharing).overTexts(sharing));
            return new Guest<>(texts, own::inside, own::close);
        });
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
        return shared == null ? new EngineStatus(0, 0, 0, 0, 0, 0) : shared.status(desks.size());
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
    }

    private synchronized List<Desk<?, ?, ?>> present() {
        return List.copyOf(desks);
    }
}
