package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import dev.cloze.runtime.tuning.cloze.MaskWords;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Words at the mask of each of a task's templates, answering together. */
public final class TemplateEnsemble {

    private TemplateEnsemble() {}

    /** The pretrained model as it is, asked by every template, each counting the same; one template answers alone. */
    public static LabelProduct untrained(LabelTask task) {
        return TemplateEnsemble.<LabelProduct>untrained(
                task.templates().size(),
                template -> MaskProduct.untrained(task.withTemplate(template)),
                EnsembleProduct::of);
    }

    /** The same of words. */
    public static WordProduct untrained(WordTask task) {
        return TemplateEnsemble.<WordProduct>untrained(
                task.labels().templates().size(),
                template -> new MaskWords(
                        MaskProduct.untrained(task.withTemplate(template).labels())),
                members -> WordEnsemble.of(members, Tally.SCORES));
    }

    private static <P extends Product> P untrained(
            int templates, IntFunction<P> member, Function<List<EnsembleMember<P>>, P> together) {
        if (templates == 1) {
            return member.apply(0);
        }
        List<EnsembleMember<P>> members = new ArrayList<>();
        try {
            for (int i = 0; i < templates; i++) {
                members.add(new EnsembleMember<>(member.apply(i), 1));
            }
            return together.apply(members);
        } catch (RuntimeException | Error e) {
            members.forEach(one -> one.product().close());
            throw e;
        }
    }

    /** What was saved of these, tuned or not. */
    public static LabelProduct read(LabelTask task, SavedProduct saved) {
        return read(task, saved, MaskProduct::read);
    }

    /** The same where each member is read so, for the task with its template alone. */
    public static LabelProduct read(
            LabelTask task, SavedProduct saved, BiFunction<LabelTask, SavedProduct, LabelProduct> reader) {
        if (!EnsembleProduct.isSavedIn(saved)) {
            return reader.apply(task, saved);
        }
        try (LanguageModel held = LanguageModel.open(task.tuning())) { // not loaded anew for each
            return EnsembleProduct.read(
                    saved, (template, member) -> reader.apply(withTemplate(task, template, saved), member));
        }
    }

    /** The same of words. */
    public static WordProduct read(WordTask task, SavedProduct saved) {
        if (!EnsembleProduct.isSavedIn(saved)) {
            return new MaskWords(MaskProduct.read(task.labels(), saved));
        }
        try (LanguageModel held = LanguageModel.open(task.tuning())) { // not loaded anew for each
            return WordEnsemble.read(
                    saved,
                    (template, member) ->
                            new MaskWords(MaskProduct.read(withTemplate(task.labels(), template, saved), member)));
        }
    }

    private static LabelTask withTemplate(LabelTask task, int template, SavedProduct saved) {
        if (template >= task.templates().size()) {
            throw new ClozeException(
                    Problem.ARCHIVE_MISMATCH,
                    "The pipeline saved in " + saved.place()
                            + " was made for another task or model.\n  templates: saved"
                            + " with " + (template + 1) + " or more, now there are "
                            + task.templates().size()
                            + "\n  Bring back what it was saved with, or train and save anew.");
        }
        return task.withTemplate(template);
    }
}
