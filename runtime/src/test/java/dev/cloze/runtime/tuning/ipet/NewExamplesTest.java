package dev.cloze.runtime.tuning.ipet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.runtime.Logged;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewExamplesTest {

    private static final List<Map<String, String>> TEXTS = IntStream.range(0, 10)
            .mapToObj(i -> Map.of("text", Integer.toString(i)))
            .toList();

    /** The first seven are predicted 0, the rest 1; the later, the surer. */
    private static final List<float[]> SCORES = IntStream.range(0, 10)
            .mapToObj(i -> i < 7 ? new float[] {i / 2f + .1f, 0} : new float[] {0, i})
            .toList();

    private static final List<String> LABELS = List.of("BAD", "GOOD");

    private static List<String> drawn(LabeledValues examples, int label) {
        return IntStream.range(0, examples.size())
                .filter(i -> examples.labels()[i] == label)
                .mapToObj(i -> String.valueOf(examples.inputs().get(i).get("text")))
                .toList();
    }

    @Test
    void eachLabelHasItsQuotaOfThoseThatArePredictedSo() {
        LabeledValues examples = new NewExamples(TEXTS, SCORES, LABELS, new int[] {4, 2}, 1).predicted();
        assertThat(drawn(examples, 0)).hasSize(4).doesNotHaveDuplicates().isSubsetOf("0", "1", "2", "3", "4", "5", "6");
        assertThat(drawn(examples, 1)).hasSize(2).doesNotHaveDuplicates().isSubsetOf("7", "8", "9");
        assertThat(new NewExamples(TEXTS, SCORES, LABELS, new int[] {4, 2}, 1)
                        .predicted()
                        .inputs())
                .isEqualTo(examples.inputs());
    }

    @Test
    void whereThereAreTooFewTheirListIsRepeated() {
        LabeledValues examples = new NewExamples(TEXTS, SCORES, LABELS, new int[] {0, 7}, 1).predicted();
        assertThat(drawn(examples, 0)).isEmpty();
        assertThat(drawn(examples, 1)).hasSize(7).containsOnly("7", "8", "9");
        IntStream.range(7, 10).mapToObj(Integer::toString).forEach(text -> assertThat(drawn(examples, 1))
                .filteredOn(text::equals)
                .hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void aLabelThatIsPredictedOfNoneIsNamed() {
        List<float[]> oneSided = SCORES.subList(0, 7);
        List<String> log =
                Logged.during(() -> new NewExamples(TEXTS, oneSided, LABELS, new int[] {2, 2}, 1).predicted());
        assertThat(log).anyMatch(line -> line.contains("No unlabelled text is predicted to be GOOD"));
    }

    @Test
    void beforeTrainingTheMostProbableOfALabelCountWhateverIsPredicted() {
        List<float[]> oneSided =
                IntStream.range(0, 10).mapToObj(i -> new float[] {10, i}).toList();
        LabeledValues examples = new NewExamples(TEXTS, oneSided, LABELS, new int[] {2, 2}, 3).mostLikely();
        assertThat(drawn(examples, 0)).hasSize(2);
        assertThat(drawn(examples, 1)).hasSize(2);
    }

    /** Of 300 texts the later are the likelier to be label 1, though 0 is predicted of all. */
    @Test
    void ofManyTextsAHundredOfEachLabelCount() {
        List<Map<String, String>> texts = IntStream.range(0, 300)
                .mapToObj(i -> Map.of("text", Integer.toString(i)))
                .toList();
        List<float[]> scores = IntStream.range(0, 300)
                .mapToObj(i -> new float[] {10, i / 100f})
                .toList();
        LabeledValues all = new NewExamples(texts, scores, LABELS, new int[] {120, 120}, 3).mostLikely();
        assertThat(drawn(all, 0)).containsExactlyElementsOf(numbers(0, 100));
        assertThat(drawn(all, 1)).containsExactlyElementsOf(numbers(200, 300));
        LabeledValues some = new NewExamples(texts, scores, LABELS, new int[] {0, 30}, 3).mostLikely();
        assertThat(drawn(some, 0)).isEmpty();
        assertThat(drawn(some, 1)).hasSize(30).doesNotHaveDuplicates().isSubsetOf(numbers(200, 300));
    }

    /** Both are predicted 0, with probabilities of 0.9 and 0.6. */
    @Test
    void theSurerATextIsTheOftenerItIsDrawn() {
        assertThat(firstDrawn(new int[] {1, 0}, NewExamples::predicted)).isCloseTo(.9 / (.9 + .6), within(.015));
    }

    /** Of the other label they have 0.1 and 0.4. */
    @Test
    void beforeTrainingALabelsOwnProbabilityCounts() {
        assertThat(firstDrawn(new int[] {0, 1}, NewExamples::mostLikely)).isCloseTo(.1 / (.1 + .4), within(.015));
    }

    /** How often the first of the two texts is drawn. */
    private static double firstDrawn(int[] quotas, Function<NewExamples, LabeledValues> draw) {
        List<float[]> scores = List.of(new float[] {(float) Math.log(9), 0}, new float[] {(float) Math.log(1.5), 0});
        int label = quotas[0] == 1 ? 0 : 1;
        int draws = 20_000;
        int first = 0;
        for (int seed = 0; seed < draws; seed++) {
            LabeledValues examples = draw.apply(new NewExamples(TEXTS.subList(0, 2), scores, LABELS, quotas, seed));
            assertThat(drawn(examples, label)).hasSize(1);
            first += drawn(examples, label).get(0).equals("0") ? 1 : 0;
        }
        return first / (double) draws;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void theProbabilityToBeDrawnIsProportionalToTheWeight() {
        int[] counts = new int[3];
        int draws = 20_000;
        for (int seed = 0; seed < draws; seed++) {
            WeightedDraw draw = new WeightedDraw(1, seed);
            draw.offer(0, .5);
            draw.offer(1, .3);
            draw.offer(2, .2);
            counts[draw.drawn()[0]]++;
        }
        assertThat(counts[0] / (double) draws).isCloseTo(.5, within(.015));
        assertThat(counts[1] / (double) draws).isCloseTo(.3, within(.015));
    }

    @Test
    void andOfTheRestAgain() {
        // The probability that 2 is among the first two: 1 - P(0, 1) - P(1, 0), one drawn after the other.
        double expected = 1 - .5 * (.3 / .5) - .3 * (.5 / .7);
        int among = 0;
        int draws = 20_000;
        for (int seed = 0; seed < draws; seed++) {
            WeightedDraw draw = new WeightedDraw(2, seed);
            draw.offer(0, .5);
            draw.offer(1, .3);
            draw.offer(2, .2);
            among += IntStream.of(draw.drawn()).anyMatch(i -> i == 2) ? 1 : 0;
        }
        assertThat(among / (double) draws).isCloseTo(expected, within(.015));
    }
}
