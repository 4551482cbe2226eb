package dev.cloze.benchmarks;

import dev.cloze.benchmarks.Inputs.Review;
import dev.cloze.benchmarks.Inputs.Sentiment;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.BatchOrder;
import dev.cloze.runtime.training.RandomStream;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.DemonstrationRoom;
import dev.cloze.runtime.tuning.demonstration.DrawnDemonstrations;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.ShuffledSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What LM-BFF reads and draws, so that the other side reads the same: token ids, and numbers of examples. */
final class ShownExamples {

    private final DemonstratedTemplate template;
    private final DemonstrationPool pool;
    private final DrawnDemonstrations draws;
    private final List<int[]> inputs; // encoded as long as the model is open

    private ShownExamples(DemonstratedTemplate template, DemonstrationPool pool) {
        this.template = template;
        this.pool = pool;
        this.draws = new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool));
        this.inputs = pool.examples().inputs().stream()
                .map(values -> template.task().template().encode(values, 1).ids())
                .toList();
    }

    static ShownExamples of(ClassificationTask<Review, Sentiment> task, Inputs examples, LanguageModel model) {
        LabelTask labelTask = LabelTask.of(task);
        DemonstratedTemplate template = DemonstratedTemplate.of(
                labelTask,
                labelTask.templates().get(0),
                model,
                new DemonstrationRoom(OptionalInt.empty(), OptionalInt.empty(), true),
                Place.BEHIND);
        LabeledValues values =
                new LabeledValues(new InputValues<>(examples.reviews(), task.placeholders()), examples.labels());
        return new ShownExamples(
                template,
                new DemonstrationPool(template, values, labelTask.labels().size()));
    }

    /** The examples as inputs, alone. */
    List<int[]> inputs() {
        return inputs;
    }

    /** The examples as they stand behind an input. */
    List<int[]> answered() {
        return IntStream.range(0, pool.examples().size())
                .mapToObj(i -> pool.at(i).following().ids())
                .toList();
    }

    /** Each example with an answered one of each of the two labels behind it: as long as such rows are on the whole. */
    List<int[]> whole() {
        List<int[]> answered = answered();
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> joined(joined(inputs.get(i), answered.get(i)), answered.get((i + 1) % inputs.size())))
                .toList();
    }

    /** What is read of these inputs: each before every set. */
    List<int[]> behind(List<int[]> asked, int count, long seed) {
        return sets(count, seed).stream()
                .flatMap(set -> asked.stream().map(ids -> joined(ids, set)))
                .toList();
    }

    private static int[] joined(int[] first, int[] second) {
        return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
    }

    /** Tokens of an input's text. */
    int limit() {
        return template.limits().input();
    }

    /** For each step, for each example of its batch: the example and what is shown behind it. */
    List<int[][]> drawn(int steps, int batch, long seed) {
        BatchOrder order = new BatchOrder(pool.examples().size(), batch, seed);
        List<int[][]> drawn = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            long stepSeed = RandomStream.DROPOUT.seed(seed, step - 1L);
            drawn.add(IntStream.of(order.batch(step))
                    .mapToObj(example -> IntStream.concat(
                                    IntStream.of(example), IntStream.of(draws.draw(example, stepSeed)))
                            .toArray())
                    .toArray(int[][]::new));
        }
        return drawn;
    }

    /** What stands behind every input, set by set. */
    List<int[]> sets(int count, long seed) {
        return Arrays.stream(ShuffledSets.oneOfEach(pool, count, seed))
                .map(set -> IntStream.of(set)
                        .flatMap(i -> IntStream.of(pool.at(i).following().ids()))
                        .toArray())
                .toList();
    }
}
