package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Products whose inputs are read with demonstrations: how they ask, and how they are saved and read. */
public final class DemonstratedProduct {

    private static final String INPUT_LIMIT = DemonstrationOptions.INPUT_LIMIT.name();
    private static final String DEMONSTRATION_LIMIT = DemonstrationOptions.DEMONSTRATION_LIMIT.name();

    private static final String SIMILARITY = DemonstrationOptions.SIMILARITY.name();

    private DemonstratedProduct() {}

    /** The room that these options give. */
    public static DemonstrationRoom room(TrainingOptions options, boolean everyLabel) {
        return new DemonstrationRoom(
                written(options, DemonstrationOptions.INPUT_LIMIT),
                written(options, DemonstrationOptions.DEMONSTRATION_LIMIT),
                everyLabel);
    }

    private static OptionalInt written(TrainingOptions options, Option<Integer> option) {
        return options.isSet(option) ? OptionalInt.of(options.get(option)) : OptionalInt.empty();
    }

    /** The model whose vectors choose demonstrations, as its caller closes it; nothing where none is named. */
    public static Optional<LanguageModel> similarityModel(TrainingOptions options) {
        return options.isSet(DemonstrationOptions.SIMILARITY)
                ? Optional.of(LanguageModel.open(options.get(DemonstrationOptions.SIMILARITY)))
                : Optional.empty();
    }

    /** Asking with these sets of these demonstrations, whatever the input. */
    public static Asking asking(LabelTask task, DemonstratedTemplate template, SavedDemonstrations shown) {
        DemonstrationPool pool =
                new DemonstrationPool(template, shown.examples(), task.labels().size());
        return new Asking(
                new DemonstratedInputs(template, pool, DemonstrationSets.fixed(shown.sets())),
                limits(template),
                shown.texts(task.labels()),
                Optional.of(shown.remark()),
                List.of());
    }

    /**
     * Asking with demonstrations that are like the input.
     *
     * @param vectors of a model whose lease goes to the asking
     */
    public static Asking asking(
            LabelTask task,
            DemonstratedTemplate template,
            DemonstrationPool pool,
            SentenceVectors vectors,
            Similarity similarity,
            Selection selection) {
        Map<String, String> settings = new TreeMap<>(limits(template));
        settings.putAll(selection.settings());
        settings.putAll(vectors.settings());
        settings.put(SIMILARITY, vectors.model().folder().name());
        SavedDemonstrations all = SavedDemonstrations.all(pool);
        DemonstrationSets sets = selection.of(vectors, pool, similarity, template.roomForDemonstrations());
        return new Asking(
                new DemonstratedInputs(template, pool, sets),
                settings,
                all.texts(task.labels()),
                Optional.of(all.remark()),
                List.of(vectors.model()));
    }

    private static Map<String, String> limits(DemonstratedTemplate template) {
        return Map.of(
                INPUT_LIMIT,
                Integer.toString(template.limits().input()),
                DEMONSTRATION_LIMIT,
                Integer.toString(template.limits().demonstration()));
    }

    /** Reads what was saved, with or without demonstrations. */
    public static LabelProduct read(LabelTask task, SavedProduct saved, Place place) {
        if (!SavedDemonstrations.areIn(saved.texts())) {
            return MaskProduct.read(task, saved);
        }
        List<LanguageModel> leases = new ArrayList<>();
        try {
            LanguageModel model = LanguageModel.open(task.tuning());
            leases.add(model);
            if (saved.settings().containsKey(SIMILARITY)) {
                leases.add(LanguageModel.open(task.tuning()
                        .options()
                        .find(DemonstrationOptions.SIMILARITY)
                        .orElse(saved.settings().getOrDefault(SIMILARITY, ""))));
            }
            return read(task, saved, place, model, leases.subList(1, leases.size()));
        } catch (RuntimeException | Error e) {
            leases.forEach(LanguageModel::close);
            throw e;
        }
    }

    private static LabelProduct read(
            LabelTask task, SavedProduct saved, Place place, LanguageModel model, List<LanguageModel> encoders) {
        DemonstrationLimits limits =
                new DemonstrationLimits(number(saved, INPUT_LIMIT), number(saved, DEMONSTRATION_LIMIT));
        DemonstratedTemplate template =
                DemonstratedTemplate.read(task, task.templates().get(0), model, limits, place);
        saved.fit().accept(MaskProduct.identity(model, template.task(), saved.settings(), encoders));
        SavedDemonstrations shown = SavedDemonstrations.read(saved.texts(), task.labels(), task.placeholders())
                .orElseThrow(() -> saved.unreadable("a demonstration is not whole"));
        Asking asking = encoders.isEmpty()
                ? asking(task, template, shown)
                : similar(task, saved, template, shown, SentenceVectors.read(encoders.get(0), saved));
        return MaskProduct.read(model, template.task(), asking, saved, weights -> MaskProduct.tuned(model, weights));
    }

    private static Asking similar(
            LabelTask task,
            SavedProduct saved,
            DemonstratedTemplate template,
            SavedDemonstrations shown,
            SentenceVectors vectors) {
        Selection selection = Selection.read(saved.settings())
                .orElseThrow(() -> saved.unreadable("it doesn't say how demonstrations are chosen"));
        DemonstrationPool pool =
                new DemonstrationPool(template, shown.examples(), task.labels().size());
        return asking(task, template, pool, vectors, similarity(pool, vectors), selection);
    }

    /** How like a pool's examples are, by these vectors. */
    public static Similarity similarity(DemonstrationPool pool, SentenceVectors vectors) {
        return new Similarity(pool, vectors.of(pool.examples().inputs()));
    }

    private static int number(SavedProduct saved, String setting) {
        String text = saved.settings().getOrDefault(setting, "");
        if (!text.matches("[0-9]{1,9}")) {
            throw saved.unreadable("its setting " + setting + " is \"" + text + "\", which is no number");
        }
        return Integer.parseInt(text);
    }
}
