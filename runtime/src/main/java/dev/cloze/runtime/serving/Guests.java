package dev.cloze.runtime.serving;

import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.serving.ServedClassification.Labels;
import dev.cloze.runtime.serving.ServedCloze.Words;
import dev.cloze.runtime.serving.ServedExtraction.Spans;
import dev.cloze.runtime.serving.ServedRegression.Values;
import dev.cloze.runtime.serving.ServedTexts.Texts;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.WritingPipeline;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.SharingProduct;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes guests of pipelines of all kinds; refuses those that an engine can't serve. */
final class Guests {

    /** Finds the model that all pipelines of an engine share. */
    interface Models {

        /** That model, if the task's product shares it. */
        SharedModel of(String task, Sharing<?> sharing);
    }

    private final @Nullable Models models;

    private Guests(@Nullable Models models) {
        this.models = models;
    }

    /** Of pipelines that are served each by itself. */
    static Guests alone() {
        return new Guests(null);
    }

    /** Of pipelines that share a model. */
    static Guests sharing(Models models) {
        return new Guests(models);
    }

    <I, L> Guest<Labels<I, L>> of(PromptPipeline<I, L> pipeline) {
        if (!(pipeline instanceof ClassificationPipeline<I, L> known)) {
            throw Refusal.unknown(pipeline);
        }
        return known.inside(() -> {
            ClassificationTask<I, L> task = known.session().task();
            return new Guest<>(
                    new Labels<>(
                            known,
                            asked(task.name(), task.tuning(), known.session().product(), SharedModel::overLabels)),
                    known::inside,
                    known::close);
        });
    }

    <I> Guest<Values<I>> of(RegressionPipeline<I> pipeline) {
        if (!(pipeline instanceof SessionPipeline<I> known)) {
            throw Refusal.unknown(pipeline);
        }
        return known.inside(() -> {
            RegressionTask<I> task = known.session().task();
            return new Guest<>(
                    new Values<>(
                            known,
                            asked(task.name(), task.tuning(), known.session().product(), SharedModel::overLabels)),
                    known::inside,
                    known::close);
        });
    }

    <I> Guest<Words<I>> of(ClozePipeline<I> pipeline) {
        if (!(pipeline instanceof dev.cloze.runtime.cloze.SessionPipeline<I> known)) {
            throw Refusal.unknown(pipeline);
        }
        return known.inside(() -> {
            ClozeTask<I> task = known.session().task();
            return new Guest<>(
                    new Words<>(
                            known,
                            asked(task.name(), task.tuning(), known.session().product(), SharedModel::overLabels)),
                    known::inside,
                    known::close);
        });
    }

    <I, L> Guest<Spans<I, L>> of(ExtractionPipeline<I, L> pipeline) {
        if (!(pipeline instanceof dev.cloze.runtime.extraction.SessionPipeline<I, L> known)) {
            throw Refusal.unknown(pipeline);
        }
        return known.inside(() -> {
            ExtractionTask<I, L> task = known.session().task();
            return new Guest<>(
                    new Spans<>(
                            known,
                            asked(task.name(), task.tuning(), known.session().product(), SharedModel::overLabels)),
                    known::inside,
                    known::close);
        });
    }

    <I> Guest<Texts<I>> of(TextPipeline<I> pipeline) {
        if (!(pipeline instanceof WritingPipeline<I> known)) {
            throw Refusal.unknown(pipeline);
        }
        return known.inside(() -> {
            TextTask<I> task = known.session().task();
            return new Guest<>(
                    new Texts<>(
                            known,
                            asked(task.name(), task.tuning(), known.session().product(), SharedModel::overTexts)),
                    known::inside,
                    known::close);
        });
    }

    /** The product itself where it is alone; otherwise what asks the engine's model beside others. */
    private <A> A asked(
            String task, TaskTuning tuning, SharingProduct<A> product, BiFunction<SharedModel, Sharing<A>, A> over) {
        Models engines = models;
        if (engines == null) {
            return product.answers();
        }
        Sharing<A> sharing = product.sharing().orElseThrow(() -> Refusal.notShared(task, tuning.method(), product));
        return over.apply(engines.of(task, sharing), sharing);
    }
}
