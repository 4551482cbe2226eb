package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.SpacedPart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TextFlow;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.TuningModel;
import dev.cloze.vocabulary.TokenShares;
import dev.cloze.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How the tokens of an input are shared out before any input is seen.
 *
 * @param most tokens an input may have
 * @param text tokens of the template's plain text where no placeholder is empty
 * @param emptyText tokens of the plain text where all of them are, which can be more: text that begins an input, or brings the
 *     space before an empty value along, can have other tokens
 * @param special tokens around and between the segments, and those the template writes
 * @param masks masks the longest label word needs, none where text is written
 * @param virtual virtual tokens
 * @param guaranteed what each placeholder that may be cut keeps of its tokens, however long all of them are; empty beside
 *     one that is never cut and has no limit, or demonstrations, for then nothing can be promised
 * @param room tokens a decoder can write behind the longest input
 */
public record LengthBudget(
        int most,
        int text,
        int emptyText,
        int special,
        int masks,
        int virtual,
        Map<String, Integer> guaranteed,
        OptionalInt room) {

    /** The budget of a template of a task that needs so many masks. */
    public static LengthBudget of(TaskModel task, TemplateModel template, Backbone backbone, int masks) {
        int most = most(task, backbone);
        List<SpacedPart> parts = backbone.parts(template);
        int virtual = template.all(Soft.class).stream()
                        .mapToInt(soft -> virtualTokens(soft, backbone))
                        .sum()
                + promptLength(task, backbone);
        boolean pair = parts.stream().map(SpacedPart::part).anyMatch(Separator.class::isInstance);
        int special = backbone.specialTokens(pair) + writtenTokens(parts, backbone);
        int text = textTokens(parts, "long", backbone);
        int emptyText = textTokens(parts, "", backbone);
        int left = most - text - special - masks - virtual;
        Map<String, Integer> shares =
                showsDemonstrations(task) ? Map.of() : shares(template.all(Placeholder.class), left);
        return new LengthBudget(most, text, emptyText, special, masks, virtual, shares, room(task, backbone, most));
    }

    /**
     * The tokens a task's inputs may have: its own choice or the method's, but no more than the model can read. A decoder
     * that is to write keeps half of its positions for that, unless the task chooses otherwise.
     */
    private static int most(TaskModel task, Backbone backbone) {
        int chosen = task.tuning().maxLength().value();
        int usual = showsDemonstrations(task) ? DemonstrationOptions.USUAL_LENGTH : Tuning.USUAL_LENGTH;
        int wanted = chosen > 0 ? chosen : usual + promptLength(task, backbone);
        int longest = backbone.longestInput(chosen).orElse(wanted);
        boolean keepsHalf = task.isText() && backbone.writesBehindInput() && chosen == 0;
        return Math.min(wanted, keepsHalf ? longest / 2 : longest);
    }

    /** The virtual tokens before all others; none where the method has none there. */
    private static int promptLength(TaskModel task, Backbone backbone) {
        return task.method()
                .filter(MethodTraits::choosesPromptLength)
                .map(row -> promptLength(row.method(), task.tuning(), backbone))
                .orElse(0);
    }

    private static int promptLength(TuningMethod method, TuningModel tuning, Backbone backbone) {
        return tuning.promptLength().isWritten()
                ? tuning.promptLength().value()
                : tuning.written(PrefixOptions.INITIAL_TEXT)
                        .map(text -> backbone.vocabulary().encode(text).size())
                        .orElseGet(() -> MethodTable.usualPromptLength(method).orElse(0));
    }

    private static boolean showsDemonstrations(TaskModel task) {
        return task.method().filter(DemonstrationLength::isOf).isPresent();
    }

    /** Positions left to write at behind the longest input; nothing where text is not written there. */
    private static OptionalInt room(TaskModel task, Backbone backbone, int most) {
        return task.isText()
                        && backbone.writesBehindInput()
                        && backbone.longestInput().isPresent()
                ? OptionalInt.of(backbone.longestInput().getAsInt() - most)
                : OptionalInt.empty();
    }

    /** Tokens around placeholders none of which is empty. */
    public int fixed() {
        return text + special + masks + virtual;
    }

    /** Tokens there must be room for, whatever placeholders are empty. */
    public int longest() {
        return Math.max(text, emptyText) + special + masks + virtual;
    }

    /** Tokens left to the placeholders; negative when the template alone is too long. */
    public int left() {
        return most - fixed();
    }

    /** {@code 3 of text, 2 special, 1 mask}; masks and virtual tokens where there are any. */
    public String described() {
        return described(text);
    }

    /** The same of an input whose placeholders are all empty where that is longer. */
    public String describedAtLongest() {
        return described(Math.max(text, emptyText));
    }

    private String described(int ofText) {
        return ofText + " of text, " + special + " special"
                + (masks == 0 ? "" : ", " + masks + (masks == 1 ? " mask" : " masks"))
                + (virtual == 0 ? "" : ", " + virtual + " virtual");
    }

    /** Special tokens the template writes by name; the one that begins every text is counted already where it is the first. */
    private static int writtenTokens(List<SpacedPart> parts, Backbone backbone) {
        int written = (int)
                parts.stream().filter(part -> part.part() instanceof Special).count();
        boolean opens = written > 0
                && parts.get(0).part() instanceof Special first
                && backbone.vocabulary().specialTokensAtStart() == 1
                && backbone.vocabulary().addedTokens().isStart(first.token());
        return opens ? written - 1 : written;
    }

    private static int virtualTokens(Soft soft, Backbone backbone) {
        String initialText = soft.initialText();
        return initialText == null
                ? soft.count()
                : backbone.vocabulary().encodeContinued(initialText).size();
    }

    /** Tokens of the plain text where the template goes on from other text behind this white space. */
    static int textTokensBehind(String space, TemplateModel template, Backbone backbone) {
        return textTokens(new TextFlow(backbone.spacing(), space), backbone.parts(template), "long", backbone);
    }

    /** Tokens of the plain text where every placeholder has this value; text at the start can have other tokens than behind one. */
    private static int textTokens(List<SpacedPart> parts, String value, Backbone backbone) {
        return textTokens(new TextFlow(backbone.spacing()), parts, value, backbone);
    }

    private static int textTokens(TextFlow flow, List<SpacedPart> parts, String value, Backbone backbone) {
        int tokens = 0;
        for (SpacedPart part : parts) {
            TextFlow.Run run = flow.next(part, placeholder -> value);
            if (!(part.part() instanceof Placeholder) && !run.text().isEmpty()) {
                tokens += tokens(run, backbone.vocabulary());
            }
        }
        return tokens;
    }

    private static int tokens(TextFlow.Run run, Vocabulary vocabulary) {
        if (run.trails()) {
            return vocabulary.encodeContinued(TextFlow.Run.LETTER + run.text()).size()
                    - vocabulary.encodeContinued(TextFlow.Run.LETTER).size();
        }
        return (run.begins() ? vocabulary.encode(run.text()) : vocabulary.encodeContinued(run.text())).size();
    }

    /** What the runtime keeps of values that are all too long; any shorter one leaves the others more. */
    private static Map<String, Integer> shares(List<Placeholder> uses, int left) {
        if (uses.stream().anyMatch(use -> isFixed(use) && limit(use) == Integer.MAX_VALUE)) {
            return Map.of();
        }
        int[] kept = new int[uses.size()];
        boolean[] mayGive = new boolean[uses.size()];
        for (int i = 0; i < kept.length; i++) {
            mayGive[i] = !isFixed(uses.get(i));
            kept[i] = mayGive[i] ? Math.min(limit(uses.get(i)), Math.max(0, left)) : limit(uses.get(i));
        }
        TokenShares.shorten(kept, mayGive, Arrays.stream(kept).sum() - left);
        Map<String, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < kept.length; i++) {
            if (mayGive[i]) {
                shares.merge(uses.get(i).path(), kept[i], Math::min);
            }
        }
        return shares;
    }

    private static boolean isFixed(Placeholder use) {
        return use.filters().contains(Filter.Plain.FIXED);
    }

    private static int limit(Placeholder use) {
        return use.filters().stream()
                .filter(Filter.Limit.class::isInstance)
                .mapToInt(filter -> ((Filter.Limit) filter).tokens())
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
