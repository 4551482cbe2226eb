package dev.cloze.runtime.tuning.patterns;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.BatchOrder;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Unlabelled texts in a template, in which tokens are to be guessed: each token that is not special is chosen with a probability
 * of 0.15; of the chosen 80% are masked, half of the rest is any token, and the rest stays. The order of the texts is shuffled
 * anew when all were seen, and the tokens are chosen anew each time (Schick and Schütze 2021, arXiv 2001.07676, section 3.2, and
 * their code; special are all special tokens, the template's own mask among them).
 */
final class MaskedTexts {

    static final long NOT_ASKED = -100;

    private static final double CHOSEN = 0.15;
    private static final double MASKED = 0.8;
    private static final double RANDOM = 0.5;

    private final CompiledTask compiled;
    private final List<Map<String, String>> texts;
    private final BatchOrder order;
    private final long seed;
    private final int mask;
    private final int masks;
    private final int vocabulary;
    private final Set<Integer> special = new HashSet<>();

    /**
     * Texts as the template gives them.
     *
     * @param count texts of a micro-batch
     * @param loss of the labelled examples, beside which the texts have as many masks: under the hinge loss as many as the longest
     *     word has tokens, as in the authors' code, and otherwise one
     */
    MaskedTexts(
            LanguageModel model,
            CompiledTask compiled,
            List<Map<String, String>> texts,
            int count,
            long seed,
            LabelLoss loss) {
        this.masks = loss == LabelLoss.HINGE ? compiled.verbalizer().masks() : 1;
        this.compiled = compiled;
        this.texts = texts;
        this.order = new BatchOrder(texts.size(), count, RandomStream.UNLABELED.seed(seed, 0));
        this.seed = seed;
        this.mask = model.special().mask();
        this.vocabulary = model.tokenizer().vocabularySize();
        special.add(mask);
        special.add(model.special().pad());
        model.tokenizer()
                .specialNames()
                .forEach(name -> model.tokenizer().id(name).ifPresent(special::add));
    }

    /**
     * Texts with their tokens chosen.
     *
     * @param rows asking for equally many places, at least one
     * @param labels for each row and place the token that was there, or {@link #NOT_ASKED} for a place that fills up a row
     */
    record Batch(List<TokenRow> rows, long[] labels) {

        /** Whether no token of any text was chosen. */
        boolean isEmpty() {
            return Arrays.stream(labels).allMatch(label -> label == NOT_ASKED);
        }
    }

    private record Chosen(int[] ids, int[] segments, List<Integer> places, List<Integer> originals) {}

    /** Those of the micro-batch of this number, from 0. */
    Batch batch(long number) {
        SplittableRandom random = new SplittableRandom(RandomStream.UNLABELED.seed(seed, 1 + number));
        List<Chosen> chosen = new ArrayList<>();
        for (int text : order.batch(Math.toIntExact(number + 1))) {
            chosen.add(choose(texts.get(text), random));
        }
        int asked = Math.max(
                1, chosen.stream().mapToInt(one -> one.places().size()).max().orElse(1));
        List<TokenRow> rows = new ArrayList<>();
        long[] labels = new long[chosen.size() * asked];
        Arrays.fill(labels, NOT_ASKED);
        for (int r = 0; r < chosen.size(); r++) {
            Chosen one = chosen.get(r);
            int[] places = new int[asked];
            for (int m = 0; m < one.places().size(); m++) {
                places[m] = one.places().get(m);
                labels[r * asked + m] = one.originals().get(m);
            }
            rows.add(new TokenRow(one.ids(), one.segments(), places));
        }
        return new Batch(rows, labels);
    }

    private Chosen choose(Map<String, String> text, SplittableRandom random) {
        TokenRow row =
                dev.cloze.runtime.model.ModelTemplate.row(compiled.template().encode(text, masks));
        int[] ids = row.ids().clone();
        List<Integer> places = new ArrayList<>();
        List<Integer> originals = new ArrayList<>();
        for (int t = 0; t < ids.length; t++) {
            if (special.contains(ids[t]) || random.nextDouble() >= CHOSEN) {
                continue;
            }
            places.add(t);
            originals.add(ids[t]);
            if (random.nextDouble() < MASKED) {
                ids[t] = mask;
            } else if (random.nextDouble() < RANDOM) {
                ids[t] = random.nextInt(vocabulary);
            }
        }
        return new Chosen(ids, row.segments(), places, originals);
    }
}
