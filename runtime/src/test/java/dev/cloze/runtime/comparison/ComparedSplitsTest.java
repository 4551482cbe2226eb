package dev.cloze.runtime.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What contenders of a comparison are given: which rows, which seed, which texts without a label. */
class ComparedSplitsTest {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    private static final List<Review> UNLABELED = IntStream.range(0, 12)
            .mapToObj(i -> new Review((i % 2 == 0 ? "A lovely film, number " : "A dreadful book, number ") + i))
            .toList();

    @TempDir
    private Path folder;

    private Comparison<Review, Sentiment> comparison() {
        return Comparison.of(Reviews.TASK)
                .examples(2)
                .seeds(13, 21)
                .options(ComparedSplitsTest::brief)
                .folder(folder);
    }

    private static TrainingOptions brief(TrainingOptions options) {
        return options.withMaxSteps(4).withBatchSize(4).withLearningRate(1e-3);
    }

    @Test
    void allAreMeasuredOnTheSameFewRowsDrawnForEachSeed() throws IOException {
        ComparisonResult result = comparison()
                .zeroShot()
                .methods(TuningMethod.TF_IDF)
                .testAtMost(3)
                .run(EXAMPLES);
        assertThat(result.tested()).isEqualTo(3);
        for (int seed : List.of(13, 21)) {
            List<Integer> rows = rows("TF_IDF", seed);
            assertThat(rows).hasSize(3).isSorted().isSubsetOf(rest(seed)).isEqualTo(rows("zero-shot", seed));
            assertThat(rows)
                    .as("not those that stand first")
                    .isNotEqualTo(rest(seed).subList(0, 3));
        }
        assertThat(rows("TF_IDF", 21)).isNotEqualTo(rows("TF_IDF", 13));
    }

    @Test
    void eachTrainsWithTheSeedOfItsSplitAndRatesAreTriedOnTheFirst() {
        List<String> trainings = new ArrayList<>();
        comparison()
                .contender("mine", trainer -> trainer.listener(starts(trainings)))
                .learningRates(1e-4, 1e-12)
                .run(EXAMPLES);
        assertThat(trainings).hasSize(4).startsWith("13 1.0E-4", "13 1.0E-12");
        assertThat(trainings.get(2)).isIn("13 1.0E-4", "13 1.0E-12");
        assertThat(trainings.get(3)).isEqualTo(trainings.get(2).replace("13 ", "21 "));
    }

    private static TrainingListener starts(List<String> heard) {
        return new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                heard.add(started.options().seed() + " " + started.options().learningRate());
            }
        };
    }

    @Test
    void whatIsKeptIsWhatOneTrainedAloneSays() throws IOException {
        comparison().methods(TuningMethod.PROMPT_FINE_TUNING).run(EXAMPLES);
        FewShotSplit<Labeled<Review, Sentiment>> split = split(21);
        try (PromptPipeline<Review, Sentiment> alone = PromptTrainer.of(Reviews.TASK)
                .options(options -> brief(options).withSeed(21))
                .quiet()
                .fit(split.train(), split.dev())) {
            assertKept("PROMPT_FINE_TUNING", 21, alone);
        }
    }

    /** Which it cannot do without. */
    @Test
    void petLearnsFromTheTextsWithoutALabel() throws IOException {
        comparison()
                .seeds(21)
                .methods(TuningMethod.PET)
                .options(ComparedSplitsTest::distilled)
                .unlabeled(UNLABELED)
                .run(EXAMPLES);
        FewShotSplit<Labeled<Review, Sentiment>> split = split(21);
        try (PromptPipeline<Review, Sentiment> alone = PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PET)
                .options(options -> distilled(brief(options)).withSeed(21))
                .quiet()
                .fit(split.train(), split.dev(), UNLABELED)) {
            assertKept("PET", 21, alone);
        }
    }

    /** Other methods don't see what is measured on either. */
    @Test
    void whatIsMeasuredOnIsNotLearntFromWithoutItsLabel() throws IOException {
        List<Review> all = new ArrayList<>(UNLABELED);
        EXAMPLES.forEach(example -> all.add(example.input()));
        comparison()
                .seeds(21)
                .methods(TuningMethod.PET)
                .options(ComparedSplitsTest::distilled)
                .unlabeled(all)
                .run(EXAMPLES);
        FewShotSplit<Labeled<Review, Sentiment>> split = split(21);
        List<Review> without = new ArrayList<>(all);
        rest(21).forEach(row -> without.remove(EXAMPLES.get(row - 1).input()));
        try (PromptPipeline<Review, Sentiment> alone = PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PET)
                .options(options -> distilled(brief(options)).withSeed(21))
                .quiet()
                .fit(split.train(), split.dev(), without)) {
            assertKept("PET", 21, alone);
        }
    }

    private static TrainingOptions distilled(TrainingOptions options) {
        return options.with(PetOptions.REPETITIONS, 1)
                .with(PetOptions.DISTILLATION_STEPS, 6)
                .with(PetOptions.DISTILLATION_BATCH_SIZE, 4);
    }

    private void assertKept(String contender, int seed, PromptPipeline<Review, Sentiment> alone) throws IOException {
        List<Review> texts =
                rest(seed).stream().map(row -> EXAMPLES.get(row - 1).input()).toList();
        List<String> said = alone.predict(texts).stream()
                .map(one -> String.format(Locale.ROOT, "%s\t%.6f", one.label(), one.probability()))
                .toList();
        assertThat(said).doesNotHaveDuplicates();
        assertThat(lines(contender, seed).stream().map(line -> line.replaceFirst("^\\d+\t\\w+\t", "")))
                .containsExactlyElementsOf(said);
    }

    /** Rows from 1, as the files count them, that are neither learnt from nor chosen by. */
    private static List<Integer> rest(int seed) {
        FewShotSplit<Labeled<Review, Sentiment>> split = split(seed);
        return IntStream.rangeClosed(1, EXAMPLES.size())
                .filter(row -> !split.train().contains(EXAMPLES.get(row - 1))
                        && !split.dev().contains(EXAMPLES.get(row - 1)))
                .boxed()
                .toList();
    }

    private static FewShotSplit<Labeled<Review, Sentiment>> split(int seed) {
        return FewShotSampler.split(EXAMPLES, Labeled::label, 2, seed);
    }

    private List<Integer> rows(String contender, int seed) throws IOException {
        return lines(contender, seed).stream()
                .map(line -> Integer.parseInt(line.substring(0, line.indexOf('\t'))))
                .toList();
    }

    private List<String> lines(String contender, int seed) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("predictions"))) {
            Path file = files.filter(one -> one.getFileName().toString().startsWith(contender + "-seed-" + seed))
                    .findFirst()
                    .orElseThrow();
            List<String> lines = Files.readAllLines(file);
            return lines.subList(1, lines.size());
        }
    }
}
