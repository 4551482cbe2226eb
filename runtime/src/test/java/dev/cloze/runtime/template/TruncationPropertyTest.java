package dev.cloze.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random templates and inputs against the rules of truncation, with one token a character. */
class TruncationPropertyTest {

    private static final TextEncoder CHARACTERS = (text, start) -> text.chars().toArray();
    private static final SpecialTokens SPECIAL =
            new SpecialTokens(1000, 1001, new int[] {1002}, new int[] {1003, 1004}, new int[] {1005}, true);
    private static final int SOFT = 1006;

    private final Random random = new Random(5);
    private int tooLong;
    private int cut;

    @Test
    void everyTextObeysTheRulesOfTruncation() {
        for (int i = 0; i < 20_000; i++) {
            Case one = randomCase();
            if (one.needed() > one.maxLength) {
                tooLong++;
                assertThatThrownBy(() -> one.encode())
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isIn(Problem.INPUT_TOO_LONG, Problem.TEMPLATE_TOO_LONG));
            } else {
                EncodedText encoded = one.encode();
                assertThat(encoded.ids()).as("%s", one).isEqualTo(one.expected());
                assertThat(encoded.length()).isLessThanOrEqualTo(one.maxLength);
                assertThat(encoded.maskPositions()).isEqualTo(places(encoded.ids(), SPECIAL.mask()));
                assertThat(encoded.softPositions()).isEqualTo(places(encoded.ids(), SOFT));
                assertThat(encoded.cut()).isEqualTo(!Arrays.equals(one.shares(), one.lengths()));
                assertThat(encoded.segmentIds()).hasSize(encoded.length()).isSorted();
                cut += encoded.cut() ? 1 : 0;
            }
        }
        assertThat(tooLong).isBetween(500, 15_000);
        assertThat(cut).isBetween(2_000, 18_000);
    }

    private static int[] places(int[] ids, int id) {
        return IntStream.range(0, ids.length).filter(i -> ids[i] == id).toArray();
    }

    /** Slots of distinct capital letters between pieces of fixed text; see {@link #expected} for the whole. */
    private record Case(
            List<TemplatePart> parts,
            List<TemplatePart.Placeholder> slots,
            List<String> texts,
            int masks,
            int maxLength) {

        EncodedText encode() {
            Map<String, String> values = new HashMap<>();
            slots.forEach(slot -> values.put(slot.path(), texts.get(slots.indexOf(slot))));
            return TemplateEncoder.compile(parts, CHARACTERS, SPECIAL, maxLength, SOFT)
                    .encode(values, masks);
        }

        int[] lengths() {
            return texts.stream().mapToInt(String::length).toArray();
        }

        boolean isFixed(int slot) {
            return slots.get(slot).filters().contains(Filter.Plain.FIXED);
        }

        /** The most tokens of each slot that its limit allows. */
        int[] most() {
            int[] most = lengths();
            for (int i = 0; i < most.length; i++) {
                for (Filter filter : slots.get(i).filters()) {
                    most[i] = filter instanceof Filter.Limit limit ? Math.min(most[i], limit.tokens()) : most[i];
                }
            }
            return most;
        }

        /** What is left of each slot, by levels: the largest level all fit under, and one more for the first ones. */
        int[] shares() {
            int[] most = most();
            int room = maxLength - fixed();
            int level = 0;
            while (level < 200 && total(most, level + 1) <= room) {
                level++;
            }
            int left = room - total(most, level);
            int[] shares = new int[most.length];
            for (int i = 0; i < most.length; i++) {
                boolean full = isFixed(i) || most[i] <= level;
                boolean extra = !full && left > 0;
                shares[i] = full ? most[i] : level + (extra ? 1 : 0);
                left -= extra ? 1 : 0;
            }
            return shares;
        }

        int total(int[] most, int level) {
            int total = 0;
            for (int i = 0; i < most.length; i++) {
                total += isFixed(i) ? most[i] : Math.min(most[i], level);
            }
            return total;
        }

        /** Tokens of everything but the slots. */
        int fixed() {
            int length = 2 + masks;
            for (TemplatePart part : parts) {
                length += part instanceof TemplatePart.Text text ? text.text().length() : 0;
                length += part instanceof TemplatePart.Soft soft ? soft.count() : 0;
                length += part instanceof TemplatePart.Separator ? 2 : 0;
            }
            return length;
        }

        /** Tokens that may not be cut. */
        int needed() {
            return fixed() + total(most(), 0);
        }

        int[] expected() {
            List<Integer> ids = new ArrayList<>(List.of(1002));
            int[] shares = shares();
            for (TemplatePart part : parts) {
                if (part instanceof TemplatePart.Placeholder slot) {
                    String value = texts.get(slots.indexOf(slot));
                    int kept = shares[slots.indexOf(slot)];
                    boolean end = slot.filters().contains(Filter.Plain.HEAD);
                    String text = end ? value.substring(value.length() - kept) : value.substring(0, kept);
                    text.chars().forEach(ids::add);
                } else if (part instanceof TemplatePart.Text text) {
                    text.text().chars().forEach(ids::add);
                } else if (part instanceof TemplatePart.Soft soft) {
                    ids.addAll(java.util.Collections.nCopies(soft.count(), SOFT));
                } else if (part instanceof TemplatePart.Separator) {
                    ids.addAll(List.of(1003, 1004));
                } else {
                    ids.addAll(java.util.Collections.nCopies(masks, 1000));
                }
            }
            ids.add(1005);
            return ids.stream().mapToInt(i -> i).toArray();
        }
    }

    private Case randomCase() {
        List<TemplatePart> parts = new ArrayList<>();
        List<TemplatePart.Placeholder> slots = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        int maskAt = random.nextInt(count);
        int separatorAt = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            TemplatePart.Placeholder slot = new TemplatePart.Placeholder("p" + i, filters(), i);
            slots.add(slot);
            parts.add(slot);
            texts.add(random.nextInt(10) == 0 ? longText() : RandomTexts.letters(random, 40));
            parts.add(new TemplatePart.Text("-".repeat(random.nextInt(3)), i));
            if (i == maskAt) {
                parts.add(new TemplatePart.Mask(i));
            }
            if (i == separatorAt) {
                parts.add(new TemplatePart.Separator(i));
            }
            if (random.nextInt(4) == 0) {
                parts.add(new TemplatePart.Soft(1 + random.nextInt(3), null, i));
            }
        }
        return new Case(parts, slots, texts, 1 + random.nextInt(3), 8 + random.nextInt(60));
    }

    /** So long that not all of it need be encoded. */
    private String longText() {
        return ("x " + RandomTexts.letters(random, 6) + "y ").repeat(100).strip();
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            filters.add(new Filter.Limit(1 + random.nextInt(30)));
        }
        if (random.nextInt(3) == 0) {
            filters.add(Filter.Plain.HEAD);
        }
        if (random.nextInt(5) == 0) {
            filters.add(Filter.Plain.FIXED);
        }
        return filters;
    }
}
