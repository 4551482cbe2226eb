package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.model.ModelVocabulary;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.vocabulary.DemonstrationBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A template that is read together with answered examples: T(x) + T~(x_1) + ... + T~(x_n) (Gao et al. 2021, LM-BFF, arXiv
 * 2012.15723, section 6).
 *
 * <p>T~ is the template without what begins a text and with the first word of the example's label in the place of the mask.
 * Each text ends with what ends the model's texts, and where there is no such token an empty line parts them. A decoder sees
 * nothing of what stands behind its mask, so that demonstrations stand before the input there, and the first of them begins
 * the text. Demonstrations are never cut for want of room, but by their own limit; the input has what they leave.
 */
public final class DemonstratedTemplate {

    private static final int LONG = 1024;

    private final CompiledTask task;
    private final ModelTemplate input;
    private final ModelTemplate first;
    private final ModelTemplate following;
    private final List<int[]> words;
    private final Place place;
    private final DemonstrationLimits limits;
    private final int roomForDemonstrations;

    private DemonstratedTemplate(
            CompiledTask task,
            ModelTemplate shown,
            List<int[]> words,
            Place place,
            DemonstrationLimits limits,
            int roomForDemonstrations) {
        this.task = task;
        this.input = place == Place.BEFORE ? task.template().behindAnother() : task.template();
        this.first = shown;
        this.following = shown.behindAnother();
        this.words = words;
        this.place = place;
        this.limits = limits;
        this.roomForDemonstrations = roomForDemonstrations;
    }

    /**
     * Prepares a template of a task for a model.
     *
     * @param place where the demonstrations stand, unless the model is a decoder
     * @throws dev.cloze.problem.ClozeException as {@link CompiledTask#of}, and {@code DEMONSTRATIONS_TOO_LONG}
     */
    public static DemonstratedTemplate of(
            LabelTask task,
            DeclaredTemplate<Object> declared,
            LanguageModel model,
            DemonstrationRoom room,
            Place place) {
        return of(
                task,
                declared,
                model,
                room,
                budget -> room.limits(model.folder().name(), budget),
                place);
    }

    /** The same with limits that were saved: what is shown with them had room when it was chosen, and is not checked again. */
    static DemonstratedTemplate read(
            LabelTask task,
            DeclaredTemplate<Object> declared,
            LanguageModel model,
            DemonstrationLimits saved,
            Place place) {
        DemonstrationRoom room =
                new DemonstrationRoom(OptionalInt.of(saved.input()), OptionalInt.of(saved.demonstration()), false);
        return of(task, declared, model, room, budget -> saved, place);
    }

    private static DemonstratedTemplate of(
            LabelTask task,
            DeclaredTemplate<Object> declared,
            LanguageModel model,
            DemonstrationRoom room,
            Function<DemonstrationBudget, DemonstrationLimits> chosen,
            Place place) {
        CompiledTask alone =
                CompiledTask.of(task, declared, model, UnaryOperator.identity(), DemonstrationOptions.USUAL_LENGTH);
        List<int[]> words = words(declared, model, alone.template().maskFollowsSpace());
        List<TemplatePart> parts =
                TaskTemplate.parse(declared.text(), task.tuning().method());
        Place stands = model.backbone().kind() == BackboneKind.DECODER ? Place.BEFORE : place;
        int behind = alone.template().behindAnother().fixedLength(1) - 1;
        int around = Math.max(alone.template().fixedLength(1) - 1, behind);
        int most = alone.template().maxLength();
        DemonstrationBudget budget = room.budget(
                parts,
                most,
                around + alone.verbalizer().masks(),
                words.stream().map(word -> behind + word.length).toList());
        DemonstrationLimits limits = chosen.apply(budget);
        CompiledTask input = CompiledTask.of(task, declared, model, limits::ofInput, DemonstrationOptions.USUAL_LENGTH);
        ModelTemplate shown = ModelTemplate.of(limits.ofDemonstration(parts), model, Math.max(most, LONG));
        // Before the input stands what begins a text, which the demonstrations' lengths have counted once more.
        int unused = stands == Place.BEFORE ? around - behind : 0;
        int left = Math.max(0, most - budget.input() + unused);
        return new DemonstratedTemplate(input, shown, words, stands, limits, left);
    }

    /** The tokens of the first word of each label. */
    private static List<int[]> words(DeclaredTemplate<Object> declared, LanguageModel model, boolean afterSpace) {
        ModelVocabulary vocabulary = new ModelVocabulary(model);
        List<int[]> words = new ArrayList<>();
        declared.words()
                .values()
                .forEach(texts -> words.add(vocabulary.encodeWord(texts.get(0), afterSpace).stream()
                        .mapToInt(Integer::intValue)
                        .toArray()));
        return words;
    }

    /** The task with the input's template, as if it stood alone. */
    public CompiledTask task() {
        return task;
    }

    /** How long texts may be. */
    public DemonstrationLimits limits() {
        return limits;
    }

    /** Tokens that demonstrations may have together beside the longest input. */
    public int roomForDemonstrations() {
        return roomForDemonstrations;
    }

    /** Where demonstrations stand. */
    public Place place() {
        return place;
    }

    /** An answered example, as it stands first or further on. */
    public Demonstration demonstration(Map<String, String> values, int label) {
        int[] word = words.get(label);
        EncodedText further = following.answered(values, word);
        return new Demonstration(place == Place.BEFORE ? first.answered(values, word) : further, further);
    }

    /** An input with demonstrations in this order. */
    public EncodedText text(Map<String, String> values, int masks, List<Demonstration> shown) {
        if (shown.isEmpty()) {
            return task.template().encode(values, masks);
        }
        List<EncodedText> texts = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            texts.add(i == 0 ? shown.get(i).first() : shown.get(i).following());
        }
        int room =
                input.maxLength() - texts.stream().mapToInt(EncodedText::length).sum();
        texts.add(place == Place.BEFORE ? texts.size() : 0, input.encode(values, masks, room));
        return EncodedText.joined(texts);
    }
}
