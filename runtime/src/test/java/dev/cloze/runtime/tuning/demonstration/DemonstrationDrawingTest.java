package dev.cloze.runtime.tuning.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which demonstrations are shown: by the seed, of the right label, never the example itself, as many as have room. */
class DemonstrationDrawingTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final ClassificationTask<Review, Sentiment> TASK = Reviews.builder()
            .tuning(TaskTuning.of(TuningMethod.LM_BFF, "cloze-tiny-en"))
            .build();

    private static LanguageModel model;
    private static DemonstratedTemplate template;
    private static DemonstrationPool pool;

    @BeforeAll
    static void open() {
        model = LanguageModel.open("cloze-tiny-en");
        LabelTask task = LabelTask.of(TASK);
        DemonstrationRoom room = new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true);
        template = DemonstratedTemplate.of(task, task.templates().get(0), model, room, Place.BEHIND);
        LabeledValues examples = new LabeledValues(
                new InputValues<>(EXAMPLES.stream().map(Labeled::input).toList(), TASK.placeholders()),
                EXAMPLES.stream().mapToInt(one -> one.label().ordinal()).toArray());
        pool = new DemonstrationPool(template, examples, 2);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void anExampleIsNeverItsOwnDemonstrationAndAllOthersOfALabelComeAlike() {
        DrawnDemonstrations draws = new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool));
        int[] times = new int[EXAMPLES.size()];
        int rounds = 4000;
        for (int seed = 0; seed < rounds; seed++) {
            int[] drawn = draws.draw(3, seed);
            assertThat(drawn).hasSize(2).doesNotContain(3);
            for (int label = 0; label < 2; label++) {
                assertThat(pool.examples().labels()[drawn[label]]).isEqualTo(label);
                times[drawn[label]]++;
            }
        }
        for (int example = 0; example < times.length; example++) {
            // Example 3 is one of eight of its label: the seven others share its draws.
            double expected = example == 3 ? 0 : rounds / (pool.examples().labels()[example] == 1 ? 7.0 : 8.0);
            assertThat((double) times[example]).isBetween(expected * 0.85, expected * 1.15);
        }
    }

    @Test
    void theDrawFollowsFromTheNumberOfTheStepAlone() {
        DrawnDemonstrations draws = new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool));
        int[] first = draws.draw(5, 42);
        draws.draw(6, 41);
        assertThat(draws.draw(5, 42)).isEqualTo(first);
        Set<String> seeds = IntStream.range(0, 50)
                .mapToObj(seed -> Arrays.toString(draws.draw(5, seed)))
                .collect(Collectors.toSet());
        assertThat(seeds).hasSizeGreaterThan(20);
        assertThat(draws.drawn(new int[] {5}, 42).of(5, 1).ids())
                .isEqualTo(template.text(pool.examples().inputs().get(5), 1, pool.at(first))
                        .ids());
    }

    @Test
    void setsOfOneOfEachLabelUseEveryExampleBeforeAnyComesTwice() {
        int[][] sets = ShuffledSets.oneOfEach(pool, 16, 13);
        for (int label = 0; label < 2; label++) {
            int of = label;
            int[] drawn = Arrays.stream(sets).mapToInt(set -> set[of]).toArray();
            assertThat(Arrays.copyOf(drawn, 8)).containsExactlyInAnyOrder(pool.ofLabel(label));
            assertThat(Arrays.copyOfRange(drawn, 8, 16)).containsExactlyInAnyOrder(pool.ofLabel(label));
        }
        assertThat(Arrays.stream(sets).map(Arrays::toString))
                .as("the second time beside others")
                .doesNotHaveDuplicates();
        assertThat(ShuffledSets.oneOfEach(pool, 16, 13)).isDeepEqualTo(sets);
        assertThat(ShuffledSets.oneOfEach(pool, 16, 14)).isNotEqualTo(sets);
    }

    @Test
    void asManyAsFitAreShownAndLabelsTakeTurns() {
        int[][] all = ShuffledSets.asManyAsFit(pool, 1, 100, 100_000, 7);
        assertThat(all[0]).containsExactlyInAnyOrder(IntStream.range(0, 16).toArray());
        int[][] three = ShuffledSets.asManyAsFit(pool, 2, 3, 100_000, 7);
        for (int[] set : three) {
            assertThat(labels(set)).isEqualTo(Map.of(0, 3L, 1, 3L));
        }
        assertThat(new HashSet<>(boxed(three[0]))).doesNotContainAnyElementsOf(boxed(three[1]));
        int four = IntStream.range(0, 16)
                        .map(example -> pool.at(example).length())
                        .max()
                        .orElseThrow()
                * 4;
        int[][] several = ShuffledSets.asManyAsFit(pool, 2, 100, four, 7);
        assertThat(several[0]).hasSizeGreaterThanOrEqualTo(4);
        assertThat(new HashSet<>(boxed(several[0]))).doesNotContainAnyElementsOf(boxed(several[1]));
        int room =
                pool.at(all[0]).stream().mapToInt(Demonstration::length).max().orElseThrow() * 4;
        int[] few = ShuffledSets.asManyAsFit(pool, 1, 100, room, 7)[0];
        assertThat(pool.at(few).stream().mapToInt(Demonstration::length).sum()).isLessThanOrEqualTo(room);
        assertThat(few).hasSizeBetween(4, 8);
    }

    @Test
    void aLabelWithoutExamplesIsNotShown() {
        int[][] orders = {pool.ofLabel(0), {}};
        int[][] sets = ShuffledSets.chosen(pool, orders, 2, 4, 100_000);
        assertThat(sets).hasDimensions(2, 4);
        assertThat(Arrays.stream(sets).flatMapToInt(Arrays::stream).toArray())
                .containsExactlyInAnyOrder(pool.ofLabel(0));
    }

    @Test
    void theirOrderIsNotThatOfTheLabels() {
        Set<List<Integer>> orders = IntStream.range(0, 30)
                .mapToObj(seed -> Arrays.stream(ShuffledSets.asManyAsFit(pool, 1, 2, 100_000, seed)[0])
                        .mapToObj(example -> pool.examples().labels()[example])
                        .toList())
                .collect(Collectors.toSet());
        assertThat(orders).hasSize(6);
    }

    @Test
    void whatIsSavedIsReadAgainAndOnlyWhatIsShownIsSaved() {
        int[][] sets = ShuffledSets.oneOfEach(pool, 3, 13);
        SavedDemonstrations saved = SavedDemonstrations.of(pool, sets);
        assertThat(saved.examples().size()).isEqualTo(6);
        Map<String, List<String>> texts = saved.texts(List.of(Sentiment.values()));
        SavedDemonstrations read = SavedDemonstrations.read(texts, List.of(Sentiment.values()), List.of("text"))
                .orElseThrow();
        for (int set = 0; set < 3; set++) {
            for (int label = 0; label < 2; label++) {
                int place = read.sets()[set][label];
                assertThat(read.examples().inputs().get(place))
                        .isEqualTo(pool.examples().inputs().get(sets[set][label]));
                assertThat(read.examples().labels()[place]).isEqualTo(label);
            }
        }
        // The labels' order may change between saving and reading.
        SavedDemonstrations turned = SavedDemonstrations.read(
                        texts, List.of(Sentiment.NEGATIVE, Sentiment.POSITIVE), List.of("text"))
                .orElseThrow();
        assertThat(turned.examples().labels()[read.sets()[0][0]]).isEqualTo(1);
        assertThat(SavedDemonstrations.read(texts, List.of("OTHER"), List.of("text")))
                .isEmpty();
        assertThat(SavedDemonstrations.read(texts, List.of(Sentiment.values()), List.of("text", "title")))
                .isEmpty();
    }

    private static Map<Integer, Long> labels(int[] set) {
        return Arrays.stream(set)
                .mapToObj(example -> pool.examples().labels()[example])
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    }

    private static List<Integer> boxed(int[] set) {
        return Arrays.stream(set).boxed().toList();
    }
}
