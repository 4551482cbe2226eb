package dev.cloze.runtime.tuning.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskTraining;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two losses together, and the rule by which tokens are chosen to be guessed. */
class AuxiliaryObjectiveTest {

    private static final List<Map<String, String>> TEXTS = IntStream.range(0, 9)
            .mapToObj(i -> Map.of("text", "the room number " + i + " was clean and the staff were kind to all of us"))
            .toList();
    private static final LabeledValues NONE = new LabeledValues(List.of(), new int[0]);

    private final LanguageModel model = LanguageModel.open("cloze-tiny-en");
    private CompiledTask compiled;

    @BeforeEach
    void compile() {
        LabelTask task = LabelTask.of(Reviews.TASK);
        compiled = CompiledTask.of(task, task.templates().get(0), model);
    }

    @AfterEach
    void close() {
        model.close();
    }

    private MaskedTexts texts(int count) {
        return new MaskedTexts(model, compiled, TEXTS, count, 5, LabelLoss.CROSS_ENTROPY);
    }

    /** As the labelled examples have, which are asked once for the longest word. */
    @Test
    void underTheHingeLossTextsHaveAMaskForEachTokenOfTheLongestWord() {
        LabelTask task = LabelTask.of(Reviews.builder()
                .label(Sentiment.POSITIVE, "great", "unforgettable")
                .build());
        CompiledTask several = CompiledTask.of(task, task.templates().get(0), model);
        int masks = several.verbalizer().masks();
        assertThat(masks).isGreaterThan(1);
        for (LabelLoss loss : LabelLoss.values()) {
            MaskedTexts texts = new MaskedTexts(model, several, TEXTS, 3, 5, loss);
            for (TokenRow row : texts.batch(0).rows()) {
                int open = 0;
                for (int i = 0; i < row.length(); i++) {
                    boolean chosen = false;
                    for (int place : row.asked()) {
                        chosen |= place == i;
                    }
                    open += !chosen && row.ids()[i] == model.special().mask() ? 1 : 0;
                }
                assertThat(open).isEqualTo(loss == LabelLoss.HINGE ? masks : 1);
            }
        }
    }

    @Test
    void theLossIsTheWeightedSumOfBothAndTheTextsComeOnceAMicroBatch() {
        double share = .3;
        MaskTraining training = new MaskTraining(
                model,
                compiled,
                new LabeledValues(TEXTS.subList(0, 4), new int[] {0, 1, 1, 0}),
                NONE,
                LabelLoss.CROSS_ENTROPY);
        int[] all = {0, 1, 2, 3};
        try (Backbone trained = model.backbone().trainableCopy();
                Kernel kernel = Kernel.compile(trained.memory(), KernelSource.read("tuning", Map.of()));
                NDManager scope = trained.memory().newSubManager()) {
            Objective labels = training.objective().of(trained, kernel);
            Objective both =
                    AuxiliaryObjective.of(training.objective(), texts(3), share).of(trained, kernel);
            double crossEntropy = labels.loss(scope, all, 1, 1, Dropout.NONE).getFloat();
            for (int number : new int[] {0, 1, 0}) {
                both.begin(number);
                double expected = (1 - share) * crossEntropy + share * guessing(trained, texts(3).batch(number));
                assertThat((double) both.loss(scope, all, 1, 1, Dropout.NONE).getFloat())
                        .isCloseTo(expected, within(1e-5));
                assertThat((double) both.loss(scope, all, 1, .5, Dropout.NONE).getFloat())
                        .as("another bucket of the same micro-batch")
                        .isCloseTo((1 - share) * crossEntropy / 2, within(1e-5));
            }
        }
    }

    /** Minus the mean logarithm of the probability of the tokens that were there, by the path that predicts. */
    private static double guessing(Backbone backbone, MaskedTexts.Batch batch) {
        float[][][] logarithms = backbone.scores(batch.rows(), new int[0], true);
        double sum = 0;
        int count = 0;
        int asked = batch.labels().length / batch.rows().size();
        for (int i = 0; i < batch.labels().length; i++) {
            if (batch.labels()[i] != MaskedTexts.NOT_ASKED) {
                sum -= logarithms[i / asked][i % asked][(int) batch.labels()[i]];
                count++;
            }
        }
        assertThat(count).isPositive();
        return sum / count;
    }

    @Test
    void fifteenOfAHundredTokensAreChosenAndEightOfTenOfThemMasked() {
        int mask = model.special().mask();
        MaskedTexts texts = texts(9);
        int[] originals = compiled.template().encode(TEXTS.get(0), 1).ids();
        int free = (int) IntStream.of(originals)
                .filter(id -> id != mask && id != originals[0] && id != originals[originals.length - 1])
                .count();
        long chosen = 0;
        long masked = 0;
        long kept = 0;
        Set<Integer> replacements = new TreeSet<>();
        int batches = 400;
        for (int number = 0; number < batches; number++) {
            MaskedTexts.Batch batch = texts.batch(number);
            int asked = batch.labels().length / batch.rows().size();
            for (int i = 0; i < batch.labels().length; i++) {
                if (batch.labels()[i] == MaskedTexts.NOT_ASKED) {
                    continue;
                }
                TokenRow row = batch.rows().get(i / asked);
                int now = row.ids()[row.asked()[i % asked]];
                chosen++;
                masked += now == mask ? 1 : 0;
                kept += now == batch.labels()[i] ? 1 : 0;
                if (now != mask && now != batch.labels()[i]) {
                    replacements.add(now);
                }
                assertThat(batch.labels()[i])
                        .as("the template's mask is never chosen")
                        .isNotEqualTo(mask);
            }
        }
        double tokens = (double) free * TEXTS.size() * batches;
        assertThat(chosen / tokens).isCloseTo(.15, within(.006));
        assertThat(masked / (double) chosen).isCloseTo(.8, within(.02));
        assertThat(kept / (double) chosen).isCloseTo(.1, within(.015));
        int vocabulary = model.tokenizer().vocabularySize();
        for (int part = 0; part < 10; part++) {
            int from = part * vocabulary / 10;
            assertThat(replacements).as("any token").anyMatch(id -> id >= from && id < from + vocabulary / 10);
        }
    }

    @Test
    void everyTextComesBeforeOneComesAgain() {
        MaskedTexts texts = texts(3);
        List<List<Integer>> all = TEXTS.stream()
                .map(text -> boxed(compiled.template().encode(text, 1).ids()))
                .toList();
        Map<List<Integer>, Set<List<Integer>>> chosen = new HashMap<>();
        List<List<List<Integer>>> orders = new ArrayList<>();
        for (int first = 0; first < 12; first += 3) {
            List<List<Integer>> seen = new ArrayList<>();
            for (int number = first; number < first + 3; number++) {
                MaskedTexts.Batch batch = texts.batch(number);
                for (int r = 0; r < batch.rows().size(); r++) {
                    List<Integer> original = restored(batch, r);
                    seen.add(original);
                    chosen.computeIfAbsent(original, text -> new HashSet<>()).add(places(batch, r));
                }
            }
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
            orders.add(seen);
        }
        assertThat(orders).as("shuffled anew").doesNotHaveDuplicates();
        assertThat(chosen.values()).as("other tokens of a text each time").allMatch(places -> places.size() > 1);
        assertThat(texts(3).batch(1).labels()).isEqualTo(texts(3).batch(1).labels());
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }

    /** The text as it was before tokens of it were chosen. */
    private static List<Integer> restored(MaskedTexts.Batch batch, int r) {
        TokenRow row = batch.rows().get(r);
        int[] ids = row.ids().clone();
        int asked = row.asked().length;
        for (int m = 0; m < asked; m++) {
            if (batch.labels()[r * asked + m] != MaskedTexts.NOT_ASKED) {
                ids[row.asked()[m]] = Math.toIntExact(batch.labels()[r * asked + m]);
            }
        }
        return boxed(ids);
    }

    private static List<Integer> places(MaskedTexts.Batch batch, int r) {
        int[] asked = batch.rows().get(r).asked();
        return IntStream.range(0, asked.length)
                .filter(m -> batch.labels()[r * asked.length + m] != MaskedTexts.NOT_ASKED)
                .mapToObj(m -> asked[m])
                .toList();
    }
}
