package dev.cloze.runtime.templatesearch;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.vocabulary.TokenShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Training examples as a T5 reads them that is to write a template: {@code text <extra_id_0> word <extra_id_1>}, the word being
 * the first of the example's label (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 5.2).
 *
 * <p>With {@code compat = REFERENCE} a single text begins with a capital letter, and a full stop stands before the spans where
 * they come first, as in the authors' code.
 */
final class SpanPrompts {

    /** Tokens of an example: of a longer one the text loses what is farthest from the spans. */
    private static final int MOST = 256;

    private final LanguageModel model;
    private final LabelTask task;
    private final SearchedTexts texts;
    private final Sentinels sentinels;

    SpanPrompts(LanguageModel model, LabelTask task, SearchedTexts texts, Sentinels sentinels) {
        this.model = model;
        this.task = task;
        this.texts = texts;
        this.sentinels = sentinels;
    }

    /** The examples in this form. */
    List<int[]> of(SpanForm form, LabeledValues examples) {
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            String before = texts.before(form, examples.inputs().get(i));
            String after = texts.after(form, examples.inputs().get(i));
            prompts.add(prompt(form, before, word(examples.labels()[i]), after));
        }
        return prompts;
    }

    private String word(int label) {
        Object of = task.labels().get(label);
        return task.templates().get(0).words().getOrDefault(of, List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.VERBALIZER_EMPTY_WORDS,
                        "The label " + of + " has no word, and templates are written around the words of the labels."
                                + "\n  Give it one, or have words found: trainer().searchWords(...)."));
    }

    private int[] prompt(SpanForm form, String before, String word, String after) {
        Tokenizer tokenizer = model.tokenizer();
        int[] first = before.isEmpty() ? new int[0] : tokenizer.encode(capital(form, before), true);
        int[] last = after.isEmpty() ? new int[0] : tokenizer.encode(" " + capital(form, after), false);
        int[] start = start(form);
        int[] spans = joined(
                new int[] {sentinels.first()}, tokenizer.encode(" " + word, false), new int[] {sentinels.second()});
        int[] end = model.special().end();
        int[] lengths = {first.length, last.length};
        TokenShares.shorten(
                lengths,
                new boolean[] {true, true},
                first.length + last.length + start.length + spans.length + end.length - MOST);
        return joined(
                start,
                Arrays.copyOfRange(first, first.length - lengths[0], first.length),
                spans,
                Arrays.copyOf(last, lengths[1]),
                end);
    }

    private boolean asReference() {
        return task.tuning().compat() == Compat.REFERENCE;
    }

    private String capital(SpanForm form, String text) {
        if (!asReference() || form == SpanForm.BETWEEN) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(java.util.Locale.ROOT) + text.substring(end);
    }

    private int[] start(SpanForm form) {
        OptionalInt stop = asReference() && form == SpanForm.BEFORE && sentinels.fullStop() >= 0
                ? OptionalInt.of(sentinels.fullStop())
                : OptionalInt.empty();
        return IntStream.concat(IntStream.of(model.special().start()), stop.stream())
                .toArray();
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
