package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.vocabulary.TokenShares;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How the tokens of an input are shared out before any input is seen.
 *
 * @param most tokens an input may have
 * @param text tokens of the template's plain text
 * @param special tokens around and between the segments
 * @param masks masks the longest label word needs, none where text is written
 * @param virtual virtual tokens
 * @param guaranteed what each placeholder that may be cut keeps of its tokens, however long all of them are; empty beside
 *     one that is never cut and has no limit, for then nothing can be promised
 * @param room tokens a decoder can write behind the longest input
 */
public record LengthBudget(
        int most, int text, int special, int masks, int virtual, Map<String, Integer> guaranteed, OptionalInt room) {

    /** The budget of a task that needs so many masks. */
    public static LengthBudget of(TaskModel task, Backbone backbone, int masks) {
        int most = most(task, backbone);
        List<TemplatePart> written = task.template().parts().orElse(List.of());
        List<TemplatePart> parts = backbone.readsSegments() ? written : TemplateSyntax.inOneSegment(written);
        int text = 0;
        int virtual = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Text fixed) {
                boolean starts = i == 0 || parts.get(i - 1) instanceof Separator;
                text += tokens(fixed.text(), starts, backbone);
            } else if (parts.get(i) instanceof Soft soft) {
                virtual += soft.initialText() == null ? soft.count() : tokens(soft.initialText(), true, backbone);
            }
        }
        boolean pair = parts.stream().anyMatch(Separator.class::isInstance);
        int special = backbone.specialTokens(pair);
        int left = most - text - special - masks - virtual;
        Map<String, Integer> shares = shares(task.template().all(Placeholder.class), left);
        return new LengthBudget(most, text, special, masks, virtual, shares, room(task, backbone, most));
    }

    /**
     * The tokens a task's inputs may have: its own choice or the method's, but no more than the model can read. A decoder
     * that is to write keeps half of its positions for that, unless the task chooses otherwise.
     */
    private static int most(TaskModel task, Backbone backbone) {
        int chosen = task.tuning().maxLength().value();
        int wanted = chosen > 0 ? chosen : Tuning.USUAL_LENGTH;
        int longest = backbone.longestInput().orElse(wanted);
        boolean keepsHalf = task.isText() && backbone.writesBehindInput() && chosen == 0;
        return Math.min(wanted, keepsHalf ? longest / 2 : longest);
    }

    /** Positions left to write at behind the longest input; nothing where text is not written there. */
    private static OptionalInt room(TaskModel task, Backbone backbone, int most) {
        return task.isText()
                        && backbone.writesBehindInput()
                        && backbone.longestInput().isPresent()
                ? OptionalInt.of(backbone.longestInput().getAsInt() - most)
                : OptionalInt.empty();
    }

    /** Tokens no input can do without. */
    public int fixed() {
        return text + special + masks + virtual;
    }

    /** Tokens left to the placeholders; negative when the template alone is too long. */
    public int left() {
        return most - fixed();
    }

    /** {@code 3 of text, 2 special, 1 mask}; masks and virtual tokens where there are any. */
    public String described() {
        return text + " of text, " + special + " special"
                + (masks == 0 ? "" : ", " + masks + (masks == 1 ? " mask" : " masks"))
                + (virtual == 0 ? "" : ", " + virtual + " virtual");
    }

    /** White space belongs to what follows it, so none counts at the end; at the start of a segment none counts at all. */
    private static int tokens(String text, boolean starts, Backbone backbone) {
        return starts
                ? backbone.vocabulary().encode(text.strip()).size()
                : backbone.vocabulary().encodeContinued(text.stripTrailing()).size();
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
