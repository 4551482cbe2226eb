package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Products whose inputs are read with demonstrations: how they ask, and how they are saved and read. */
public final class DemonstratedProduct {

    private static final String INPUT_LIMIT = DemonstrationOptions.INPUT_LIMIT.name();
    private static final String DEMONSTRATION_LIMIT = DemonstrationOptions.DEMONSTRATION_LIMIT.name();

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

    /** Asking with these sets of these demonstrations, whatever the input. */
    public static Asking asking(LabelTask task, DemonstratedTemplate template, SavedDemonstrations shown) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(INPUT_LIMIT, Integer.toString(template.limits().input()));
        settings.put(DEMONSTRATION_LIMIT, Integer.toString(template.limits().demonstration()));
        DemonstrationPool pool =
                new DemonstrationPool(template, shown.examples(), task.labels().size());
        return new Asking(
                new DemonstratedInputs(template, pool, input -> shown.sets()),
                settings,
                shown.texts(task.labels()),
                Optional.of(shown.remark()));
    }

    /** Reads what was saved, with or without demonstrations. */
    public static LabelProduct read(LabelTask task, SavedProduct saved, Place place) {
        if (!SavedDemonstrations.areIn(saved.texts())) {
            return MaskProduct.read(task, saved);
        }
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            DemonstrationRoom room = new DemonstrationRoom(
                    OptionalInt.of(number(saved, INPUT_LIMIT)),
                    OptionalInt.of(number(saved, DEMONSTRATION_LIMIT)),
                    false);
            DemonstratedTemplate template =
                    DemonstratedTemplate.of(task, task.templates().get(0), model, room, place);
            saved.fit().accept(MaskProduct.identity(model, template.task(), saved.settings()));
            SavedDemonstrations shown = SavedDemonstrations.read(saved.texts(), task.labels(), task.placeholders())
                    .orElseThrow(() -> unreadable(saved, "a demonstration is not whole"));
            return MaskProduct.of(
                    model, template.task(), MaskProduct.tuned(model, saved), asking(task, template, shown));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static int number(SavedProduct saved, String setting) {
        String text = saved.settings().getOrDefault(setting, "");
        if (!text.matches("[0-9]{1,9}")) {
            throw unreadable(saved, "its setting " + setting + " is \"" + text + "\", which is no number");
        }
        return Integer.parseInt(text);
    }

    private static ClozeException unreadable(SavedProduct saved, String why) {
        return new ClozeException(
                Problem.ARCHIVE_UNREADABLE,
                "The saved pipeline " + saved.place() + " cannot be opened: " + why
                        + ".\n  Take the folder as it was saved.");
    }
}
