package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import dev.cloze.processor.model.TaskModel;
import java.util.ArrayList;
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
 * @param masks masks the longest label word needs
 * @param virtual virtual tokens
 * @param guaranteed what each placeholder keeps of its tokens however long all of them are; nothing promised (0) beside
 *     a placeholder that is never cut and has no limit
 */
public record LengthBudget(int most, int text, int special, int masks, int virtual, Map<String, Integer> guaranteed) {

    /** The budget of a task, if it is known how many tokens an input may have. */
    public static LengthBudget of(TaskModel task, Backbone backbone, int most, int masks) {
        List<TemplatePart> parts = task.template().parts().orElse(List.of());
        int text = 0;
        int virtual = 0;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Text fixed) {
                text += tokens(fixed.text(), i == parts.size() - 1, backbone);
            } else if (parts.get(i) instanceof Soft soft) {
                virtual += soft.initialText() == null ? soft.count() : tokens(soft.initialText(), true, backbone);
            }
        }
        boolean pair = parts.stream().anyMatch(Separator.class::isInstance);
        int special = pair
                ? backbone.vocabulary().specialTokensOfPair()
                : backbone.vocabulary().specialTokensOfSingle();
        int left = most - text - special - masks - virtual;
        return new LengthBudget(
                most, text, special, masks, virtual, shares(task.template().all(Placeholder.class), left));
    }

    /** The tokens a task's inputs may have: its own choice, or all the model can read. */
    public static OptionalInt most(TaskModel task, Backbone backbone) {
        int chosen = task.tuning().maxLength().value();
        OptionalInt longest = backbone.longestInput();
        if (chosen <= 0) {
            return longest;
        }
        return OptionalInt.of(Math.min(chosen, longest.orElse(chosen)));
    }

    /** Tokens no input can do without. */
    public int fixed() {
        return text + special + masks + virtual;
    }

    /** Tokens left to the placeholders; negative when the template alone is too long. */
    public int left() {
        return most - fixed();
    }

    /** {@code 3 of text, 2 special, 1 mask}. */
    public String described() {
        return text + " of text, " + special + " special, " + masks + (masks == 1 ? " mask" : " masks")
                + (virtual == 0 ? "" : ", " + virtual + " virtual");
    }

    /** White space before a placeholder or a mask is encoded with it, and there costs no token of its own. */
    private static int tokens(String text, boolean last, Backbone backbone) {
        return backbone.vocabulary()
                .encodeWord(last ? text : text.stripTrailing(), false)
                .size();
    }

    /** Cutting takes from the longest first, so all that are long end up equal; a limit frees room for the others. */
    private static Map<String, Integer> shares(List<Placeholder> uses, int left) {
        List<Placeholder> open = new ArrayList<>(uses);
        Map<String, Integer> shares = new LinkedHashMap<>();
        int room = left;
        for (Placeholder use : uses) {
            if (use.filters().contains(Filter.Plain.FIXED)) {
                open.remove(use);
                room = limit(use) == Integer.MAX_VALUE ? 0 : room - limit(use);
            }
        }
        open.sort(java.util.Comparator.comparingInt(LengthBudget::limit));
        for (int i = 0; i < open.size(); i++) {
            int share = Math.min(Math.max(0, room) / (open.size() - i), limit(open.get(i)));
            room -= share;
            shares.merge(open.get(i).path(), share, Math::min);
        }
        Map<String, Integer> inOrder = new LinkedHashMap<>();
        uses.stream()
                .map(Placeholder::path)
                .filter(shares::containsKey)
                .forEach(path -> inOrder.put(path, shares.getOrDefault(path, 0)));
        return inOrder;
    }

    private static int limit(Placeholder use) {
        return use.filters().stream()
                .filter(Filter.Limit.class::isInstance)
                .mapToInt(filter -> ((Filter.Limit) filter).tokens())
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }
}
