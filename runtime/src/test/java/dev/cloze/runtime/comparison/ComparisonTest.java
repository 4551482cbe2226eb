package dev.cloze.runtime.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.PoisonedModel;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.Reviews;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    private Path folder;

    private static Comparison<Review, Sentiment> comparison() {
        return Comparison.of(Reviews.TASK).examples(2).seeds(13, 21).options(o -> o.withMaxSteps(4));
    }

    @Test
    void eachMethodIsMeasuredAsIfItWereTunedAlone() {
        ComparisonResult result = comparison()
                .zeroShot()
                .methods(TuningMethod.TF_IDF, TuningMethod.PROMPT_FINE_TUNING)
                .run(Reviews.examples());
        assertThat(result.tested()).isEqualTo(16 - 8);
        assertThat(result.methods())
                .extracting(ComparedMethod::name)
                .containsExactly("zero-shot", "TF_IDF", "PROMPT_FINE_TUNING");
        var split = FewShotSampler.split(Reviews.examples(), Labeled::label, 2, 21);
        List<Labeled<Review, Sentiment>> test = new ArrayList<>(Reviews.examples());
        test.removeAll(split.train());
        test.removeAll(split.dev());
        try (PromptPipeline<Review, Sentiment> alone = PromptTrainer.of(Reviews.TASK)
                .options(o -> o.withMaxSteps(4).withSeed(21))
                .quiet()
                .fit(split.train(), split.dev())) {
            ComparedMethod tuned = result.methods().get(2);
            assertThat(tuned.test().get(1)).isEqualTo(alone.evaluate(test).accuracy());
            assertThat(tuned.dev().get(1)).isEqualTo(alone.evaluate(split.dev()).accuracy());
        }
        assertThat(result.toString())
                .startsWith("2 examples a label to learn from, 2 to choose by, 8 in all to measure on; 2 splits.")
                .contains("2 splits. Seeds: 13, 21.")
                .contains("TF_IDF", "zero-shot", "commonest label")
                .containsPattern("is (ahead of|level with)");
        assertThat(result.commonest().test()).containsExactly(0.5, 0.5);
        assertThat(result.commonest().dev()).containsExactly(0.5, 0.5);
        assertThat(result.commonest().macroF1().get(0)).isEqualTo(1.0 / 3, within(1e-12));
    }

    @Test
    void whatEachSaidOfEachExampleIsKeptWithItsPlace() throws Exception {
        List<Labeled<Review, Sentiment>> examples = Reviews.examples();
        ComparisonResult result =
                comparison().methods(TuningMethod.TF_IDF).folder(folder).run(examples);

        var split = FewShotSampler.split(examples, Labeled::label, 2, 21);
        List<Labeled<Review, Sentiment>> drawn = new ArrayList<>(split.train());
        drawn.addAll(split.dev());
        List<String> lines = Files.readAllLines(predictions("seed-21"));
        assertThat(lines.get(0)).isEqualTo("row\tlabel\tpredicted\tprobability");
        assertThat(lines).hasSize(1 + 8);
        int right = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t");
            Labeled<Review, Sentiment> example = examples.get(Integer.parseInt(values[0]) - 1);
            assertThat(drawn).doesNotContain(example);
            assertThat(values[1]).isEqualTo(example.label().name());
            assertThat(Double.parseDouble(values[3])).isBetween(0.5, 1.0);
            right += values[1].equals(values[2]) ? 1 : 0;
        }
        assertThat(right / 8.0).isEqualTo(result.best().test().get(1));
    }

    private Path predictions(String seed) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("predictions"))) {
            return files.filter(file -> file.toString().contains(seed))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatWasDrawnIsNotMeasuredOnUnderAnotherNumber() {
        List<Labeled<Review, Sentiment>> twice = new ArrayList<>(Reviews.examples());
        twice.addAll(Reviews.examples());
        List<Integer> sizes = new ArrayList<>();
        for (long seed : List.of(13L, 21L)) {
            Split<Review, Sentiment> all = split(twice, seed, 100);
            assertThat(all.test()).isNotEmpty().doesNotContainAnyElementsOf(all.train());
            assertThat(all.test()).doesNotContainAnyElementsOf(all.dev());
            assertThat(all.places()).extracting(twice::get).isEqualTo(all.test());
            assertThat(split(twice, seed, 14).test())
                    .as("as many as are asked for")
                    .hasSize(14);
            sizes.add(all.test().size());
        }
        assertThat(sizes.get(0)).as("some of those drawn are alike").isGreaterThan(sizes.get(1));

        List<String> log = Logged.during(
                () -> assertThat(comparison().zeroShot().run(twice).tested()).isEqualTo(sizes.get(1)));
        assertThat(log)
                .anyMatch(line -> line.contains((24 - sizes.get(1)) + " of the 24 other examples are not measured on"));
    }

    private static Split<Review, Sentiment> split(List<Labeled<Review, Sentiment>> examples, long seed, int most) {
        return Split.draw(examples, List.of(), review -> Map.of("text", review.text()), 2, seed, most);
    }

    @Test
    void aFileOfAnEarlierVersionIsMeasuredAnew() throws Exception {
        Comparison<Review, Sentiment> compared =
                comparison().seeds(13).methods(TuningMethod.TF_IDF).folder(folder);
        compared.run(Reviews.examples());
        Path file = folder.resolve("comparison.tsv");
        String[] line = Files.readString(file).split("\t");
        Files.writeString(file, line[0] + "\t0.9\t0.123\t1.0\n"); // which had no F1

        assertThat(compared.run(Reviews.examples()).best().mean()).isEqualTo(Double.parseDouble(line[2]));
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void differencesAreOfTheSplitsThatBothFinished() {
        double none = Double.NaN;
        ComparisonResult result = byHand(method("B", .83, none, none), method("A", .80, .70, .72));
        assertThat(result.best().name()).isEqualTo("A");
        assertThat(result.toString())
                .contains("On the 1 of 3 splits that both finished B is ahead of A by 3.0 points, and on 1 of 1 split.")
                .contains("diverged on 2");

        assertThat(byHand(method("A", none, none, none), method("B", none, none, none))
                        .toString())
                .doesNotContain("NaN", "ahead", "level");
    }

    @Test
    void aDifferenceHasAnIntervalAndNoneIsLevel() {
        assertThat(byHand(method("A", .80, .70, .72), method("B", .77, .68, .71))
                        .toString())
                .contains(
                        "A is ahead of B by 2.0 points (95% interval -0.5 to 4.5: it may be chance), and on 3 of 3 splits.");
        assertThat(byHand(method("A", .80, .70, .75), method("B", .75, .65, .70))
                        .toString())
                .as("one answer of twenty, each time, is no certainty")
                .contains("A is ahead of B by 5.0 points, and on 3 of 3 splits.");
        assertThat(byHand(method("A", .5, .6, .7), method("B", .6, .5, .7)).toString())
                .contains("A is level with B (95% interval -24.8 to 24.8), ahead on 1 of 3 splits and behind on 1.");
        assertThat(byHand(method("A", .5, .6), method("B", .4, .5)).toString())
                .contains("A is ahead of B by 10.0 points, and on 2 of 2 splits.");
    }

    @Test
    void oneThatIsBelowGuessingStandsBelowIt() {
        String text =
                byHand(method("A", .80, .70, .72), method("B", .33, .31, .30)).toString();
        assertThat(text.indexOf("commonest label")).isBetween(text.indexOf("  A "), text.indexOf("  B "));
        assertThat(text).doesNotContain("Only");
    }

    private static ComparisonResult byHand(ComparedMethod... methods) {
        int splits = methods[0].test().size();
        double[] guessed = new double[splits];
        Arrays.fill(guessed, .5);
        List<Long> seeds = LongStream.rangeClosed(1, splits).boxed().toList();
        return new ComparisonResult(16, seeds, 100, List.of(methods), method("commonest label", guessed));
    }

    private static ComparedMethod method(String name, double... test) {
        return ComparedMethod.of(
                name,
                null,
                Arrays.stream(test)
                        .mapToObj(value -> new Cell(value, value, value, 1))
                        .toList());
    }

    @Test
    void whatHasBeenMeasuredIsNotMeasuredAgainButWhatWasCutOffIs() throws Exception {
        AtomicInteger trainings = new AtomicInteger();
        Comparison<Review, Sentiment> counted = comparison()
                .contender("counted", trainer -> trainer.listener(counting(trainings)))
                .folder(folder);
        ComparisonResult first = counted.run(Reviews.examples());
        assertThat(trainings).hasValue(2);
        assertThat(counted.run(Reviews.examples()).methods()).isEqualTo(first.methods());
        assertThat(trainings).hasValue(2);

        Path file = folder.resolve("comparison.tsv");
        String all = Files.readString(file);
        Files.writeString(file, all.substring(0, all.length() - 3)); // killed while it was written
        assertThat(counted.run(Reviews.examples()).methods().get(0).test())
                .isEqualTo(first.methods().get(0).test());
        assertThat(trainings).hasValue(3);

        List<Labeled<Review, Sentiment>> others = new ArrayList<>(Reviews.examples());
        others.add(new Labeled<>(new Review("A film like no other."), Sentiment.POSITIVE));
        counted.run(others);
        assertThat(trainings).as("other examples").hasValue(5);
        counted.options(o -> o.withBatchSize(2)).run(Reviews.examples());
        assertThat(trainings).as("other options").hasValue(7);
    }

    private static TrainingListener counting(AtomicInteger trainings) {
        return new TrainingListener() {
            @Override
            public void onStart(TrainingStarted started) {
                trainings.incrementAndGet();
            }
        };
    }

    /** A part of a training would count for the whole of it, and what comes after would not train at all. */
    @Test
    void oneThatIsInterruptedIsNotTakenForMeasured() throws Exception {
        TrainingListener impatient = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                Thread.currentThread().interrupt();
            }
        };
        Comparison<Review, Sentiment> stopped = comparison()
                .methods(TuningMethod.TF_IDF)
                .contender("impatient", trainer -> trainer.listener(impatient))
                .folder(folder);
        try {
            assertFails(stopped, Problem.TRAINING_STOPPED);
            assertFails(stopped, Problem.TRAINING_STOPPED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readAllLines(folder.resolve("comparison.tsv")))
                .singleElement()
                .asString()
                .startsWith("TF_IDF");
        AtomicInteger trainings = new AtomicInteger();
        comparison()
                .methods(TuningMethod.TF_IDF)
                .contender("impatient", trainer -> trainer.listener(counting(trainings)))
                .folder(folder)
                .run(Reviews.examples());
        assertThat(trainings).hasValue(2);
    }

    @Test
    void aContenderMayHaveAnotherModelWithoutTheTasksLearningRate() {
        Map<String, Long> parameters = new ConcurrentHashMap<>();
        Map<String, Double> rates = new ConcurrentHashMap<>();
        var task = Reviews.TASK.withTuning(
                TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en").with("learningRate", 2e-3));
        Comparison<Review, Sentiment> compared =
                Comparison.of(task).examples(2).seeds(13).options(o -> o.withMaxSteps(2));
        String small = "models/small/src/main/resources/dev/cloze/models/cloze-small-en";
        for (String model : List.of("cloze-tiny-en", small)) {
            compared.contender(model, trainer -> trainer.model(model).listener(new TrainingListener() {
                @Override
                public void onStart(TrainingStarted started) {
                    parameters.put(model, started.trainedParameters());
                    rates.put(model, started.options().learningRate());
                }
            }));
        }
        compared.run(Reviews.examples());
        assertThat(parameters.getOrDefault(small, 0L)).isGreaterThan(2 * parameters.getOrDefault("cloze-tiny-en", 1L));
        assertThat(rates).containsEntry("cloze-tiny-en", 2e-3).containsEntry(small, 1e-4);
    }

    @Test
    void aLearningRateOfTheTaskIsOfItsOwnMethod() {
        Map<String, Double> heard = new ConcurrentHashMap<>();
        var task = Reviews.TASK.withTuning(
                Reviews.TASK.tuning().withMethod(TuningMethod.PROMPT_TUNING).with("learningRate", 0.04));
        Comparison<Review, Sentiment> compared =
                Comparison.of(task).examples(2).seeds(13).options(o -> o.withMaxSteps(2));
        for (TuningMethod method :
                List.of(TuningMethod.PROMPT_TUNING, TuningMethod.FINE_TUNING, TuningMethod.PROMPT_FINE_TUNING)) {
            compared.contender(method.name(), trainer -> trainer.method(method).listener(new TrainingListener() {
                @Override
                public void onStart(TrainingStarted started) {
                    heard.put(method.name(), started.options().learningRate());
                }
            }));
        }
        compared.run(Reviews.examples());
        assertThat(heard.get("PROMPT_TUNING")).isEqualTo(0.04);
        assertThat(heard.get("FINE_TUNING")).isLessThan(0.001);
        assertThat(heard.get("PROMPT_FINE_TUNING")).isLessThan(0.001);
    }

    @Test
    void aContenderThatIsChangedIsMeasuredAnew() {
        AtomicInteger trainings = new AtomicInteger();
        for (int template : List.of(0, 1, 0)) {
            Comparison.of(Reviews.builder().template("{mask}! {text}").build())
                    .examples(2)
                    .seeds(13)
                    .options(o -> o.withMaxSteps(2))
                    .contender("mine", trainer -> trainer.template(template).listener(counting(trainings)))
                    .folder(folder)
                    .run(Reviews.examples());
        }
        assertThat(trainings).hasValue(2);
    }

    @Test
    void aModelThatIsAnotherInTheSameFolderIsMeasuredAnewAndWhatHasNoneIsNot() throws Exception {
        Path model = PoisonedModel.in(folder.resolve("model"));
        AtomicInteger trainings = new AtomicInteger();
        var compared = Comparison.of(
                        Reviews.TASK.withTuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString())))
                .examples(2)
                .seeds(13)
                .options(o -> o.withMaxSteps(2))
                .zeroShot()
                .methods(TuningMethod.TF_IDF)
                .contender("tuned", trainer -> trainer.listener(counting(trainings)))
                .folder(folder);
        compared.run(Reviews.examples());
        compared.run(Reviews.examples());
        assertThat(trainings).hasValue(1);

        flipASign(model.resolve("model.safetensors"));
        compared.run(Reviews.examples());
        assertThat(trainings).hasValue(2);
        assertThat(Files.readAllLines(folder.resolve("comparison.tsv")))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsExactlyInAnyOrder("zero-shot", "tuned", "TF_IDF", "zero-shot", "tuned");
    }

    private static void flipASign(Path weights) throws Exception {
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= (byte) 0x80;
        Files.write(weights, bytes);
    }

    @Test
    void eachMethodIsTriedWithTheRatesThatAreMeantForIt() throws Exception {
        ComparisonResult result = comparison()
                .seeds(13)
                .methods(TuningMethod.PROMPT_FINE_TUNING, TuningMethod.PREFIX_TUNING)
                .contender("own rate", trainer -> trainer.options(o -> o.withLearningRate(2e-3)))
                .contender("words counted", trainer -> trainer.method(TuningMethod.TF_IDF))
                .learningRates(1e-5, 1e-4)
                .learningRates(TuningMethod.PREFIX_TUNING, 5e-3)
                .folder(folder)
                .run(Reviews.examples());
        assertThat(result.methods().get(0).learningRate()).isIn(1e-5, 1e-4);
        assertThat(result.methods().get(1).learningRate()).isEqualTo(5e-3);
        assertThat(result.methods().get(2).learningRate()).isNull();
        assertThat(result.methods().get(3).learningRate()).isNull();
        assertThat(Files.readAllLines(folder.resolve("comparison.tsv")))
                .filteredOn(line -> line.contains("search"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("PROMPT_FINE_TUNING"));
    }

    @Test
    void aTaskWhoseMethodAnswersNothingUntrainedIsAskedByItsTemplate() {
        double asked = comparison().zeroShot().run(Reviews.examples()).best().mean();
        for (TuningMethod method : List.of(TuningMethod.FINE_TUNING, TuningMethod.TF_IDF, TuningMethod.PREFIX_TUNING)) {
            var task = Reviews.TASK.withTuning(Reviews.TASK.tuning().withMethod(method));
            ComparisonResult result = Comparison.of(task)
                    .examples(2)
                    .seeds(13, 21)
                    .zeroShot()
                    .methods(TuningMethod.TF_IDF)
                    .run(Reviews.examples());
            assertThat(result.methods().get(0).mean()).isEqualTo(asked);
        }
    }

    @Test
    void whatCannotBeAskedUntrainedIsToldBeforeAnythingIsTrained() {
        AtomicInteger trainings = new AtomicInteger();
        var task = ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text}")
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE)
                .label(Sentiment.NEGATIVE)
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en"))
                .build();
        assertThatThrownBy(() -> Comparison.of(task)
                        .examples(2)
                        .options(o -> o.withMaxSteps(2))
                        .contender("head", trainer -> trainer.listener(counting(trainings)))
                        .zeroShot()
                        .run(Reviews.examples()))
                .isInstanceOf(ClozeException.class);
        assertThat(trainings).hasValue(0);
    }

    @Test
    void whatFailsWhateverTheExamplesAreIsToldBeforeAnythingIsTrained() {
        AtomicInteger trainings = new AtomicInteger();
        Supplier<Comparison<Review, Sentiment>> tuned =
                () -> comparison().contender("tuned", trainer -> trainer.listener(counting(trainings)));
        List<String> two = List.of("{text} It was {mask}.", "Just {mask}! {text}");
        assertFails(tuned.get().methods(TuningMethod.PET), Problem.TRAINING_UNLABELED_MISSING);
        assertFails(
                tuned.get().methods(TuningMethod.IPET).unlabeled(List.of(new Review("A film."))),
                Problem.TUNING_TOO_FEW_MODELS);
        assertFails(tuned.get().methods(TuningMethod.P_TUNING), Problem.TUNING_PROMPT_LENGTH_MISSING);
        assertFails(
                tuned.get().contender("soft", trainer -> trainer.templates(List.of("{text} {soft:2} {mask}"))),
                Problem.TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD);
        assertFails(
                tuned.get().contender("of two", trainer -> trainer.method(TuningMethod.PROMPT_TUNING)
                        .templates(two)),
                Problem.TUNING_SEVERAL_TEMPLATES);
        assertThat(trainings).hasValue(0);
    }

    /** Of such as start as words only the model knows how many they are. */
    @Test
    void virtualTokensThatStartAsWordsAreVirtualTokensBeforehand() {
        assertThatCode(() -> PromptTrainer.of(Reviews.TASK)
                        .method(TuningMethod.P_TUNING)
                        .templates(List.of("{text} {soft:\"was quite\"} {mask}"))
                        .check())
                .doesNotThrowAnyException();
    }

    @Test
    void aMethodThatBeginsWithLargerBatchesHasAsManyMicroBatchesBeforehandAsInTraining() {
        for (TuningMethod method : List.of(TuningMethod.PET, TuningMethod.SETFIT)) {
            PromptTrainer<Review, Sentiment> trainer =
                    PromptTrainer.of(Reviews.TASK).method(method).options(options -> options.withAccumulation(16));
            assertThatCode(trainer::check).as(method.name()).doesNotThrowAnyException();
            assertThatThrownBy(() -> trainer.options(options -> options.withAccumulation(17))
                            .check())
                    .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                            .isEqualTo(Problem.TRAINING_OPTION_OUT_OF_RANGE));
        }
    }

    private static void assertFails(Comparison<Review, Sentiment> comparison, Problem problem) {
        assertThatThrownBy(() -> comparison.run(Reviews.examples()))
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void theLearningRateIsChosenByDevelopmentExamplesOfTheFirstSplit() throws Exception {
        ComparisonResult result = comparison()
                .methods(TuningMethod.TF_IDF, TuningMethod.PROMPT_FINE_TUNING)
                .learningRates(1e-12, 1e-3)
                .folder(folder)
                .run(Reviews.examples());
        List<String> lines = Files.readAllLines(folder.resolve("comparison.tsv"));
        assertThat(lines)
                .filteredOn(line -> line.contains("search"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("PROMPT"));
        double slow = dev(lines, "search, learning rate 1.0E-12");
        double usual = dev(lines, "search, learning rate 0.001");
        assertThat(result.methods().get(0).learningRate()).isNull();
        assertThat(result.methods().get(1).learningRate()).isEqualTo(usual > slow ? 1e-3 : 1e-12);
    }

    private static double dev(List<String> lines, String what) {
        return lines.stream()
                .filter(line -> line.contains(what))
                .mapToDouble(line -> Double.parseDouble(line.split("\t")[1]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneThatDivergesIsReportedAndTheOthersGoOn() throws Exception {
        List<Labeled<Review, Sentiment>> examples = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            examples.add(new Labeled<>(new Review("A fine film, " + i), Sentiment.POSITIVE));
            examples.add(new Labeled<>(PoisonedModel.EXAMPLE.input(), Sentiment.NEGATIVE));
        }
        ComparisonResult result = Comparison.of(Reviews.TASK.withTuning(TaskTuning.of(
                        TuningMethod.PROMPT_FINE_TUNING,
                        PoisonedModel.in(folder.resolve("model")).toString())))
                .examples(2)
                .seeds(13)
                .methods(TuningMethod.PROMPT_FINE_TUNING, TuningMethod.TF_IDF)
                .run(examples);
        assertThat(result.methods().get(0).diverged()).isEqualTo(1);
        assertThat(result.methods().get(0).mean()).isNaN();
        assertThat(result.best().name()).isEqualTo("TF_IDF");
        assertThat(result.toString()).contains("diverged on 1");
    }

    @Test
    void meansAndDeviationsAreThoseOfTheSplits() {
        ComparedMethod method = ComparedMethod.of(
                "x",
                null,
                List.of(
                        new Cell(0.5, 0.8, 0.4, 2),
                        new Cell(0.7, 0.6, 0.2, 4),
                        new Cell(Double.NaN, Double.NaN, Double.NaN, 6)));
        assertThat(method.mean()).isEqualTo(0.7, within(1e-12));
        assertThat(method.deviation()).isEqualTo(Math.sqrt(0.02), within(1e-12));
        assertThat(method.meanDev()).isEqualTo(0.6, within(1e-12));
        assertThat(method.meanMacroF1()).isEqualTo(0.3, within(1e-12));
        assertThat(method.seconds()).isEqualTo(4);
        assertThat(method.diverged()).isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedIsRefusedFirst() {
        assertRefused(() -> comparison().run(Reviews.examples()), "There is nothing to compare.");
        assertRefused(() -> comparison().zeroShot().zeroShot(), "two contenders named zero-shot");
        assertRefused(() -> comparison().examples(0), "examples a label is 0");
        assertRefused(() -> comparison().zeroShot().run(List.of()), "There are no examples.");
        List<Labeled<Review, Sentiment>> alike = new ArrayList<>();
        Reviews.examples().subList(0, 2).forEach(one -> alike.addAll(Collections.nCopies(8, one)));
        assertRefused(
                () -> comparison().zeroShot().run(alike),
                "Of the 8 examples that are left to measure on with seed 13 each has the texts of one that was drawn.");
        for (int number : List.of(4, 5)) {
            assertRefused(
                    () -> comparison().zeroShot().examples(number).run(Reviews.examples()),
                    " has 8 examples, too few to learn from " + number + ", to choose by " + number
                            + " others and to measure on what is left.\n  Give more examples, or draw fewer a label:"
                            + " examples(2).");
        }
        List<Labeled<Review, Sentiment>> uneven = new ArrayList<>(Reviews.examples());
        uneven.add(new Labeled<>(new Review("A film like no other."), Sentiment.POSITIVE));
        assertRefused(
                () -> comparison().zeroShot().examples(4).run(uneven),
                "The label NEGATIVE has 8 examples, too few to learn from 4, to choose by 4 others and to measure on");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAnError() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "", StandardOpenOption.CREATE);
        assertThatThrownBy(() -> comparison().zeroShot().folder(file).run(Reviews.examples()))
                .extracting(e -> ((ClozeException) e).problem())
                .isEqualTo(Problem.DISK_WRITE);
    }

    private static void assertRefused(Runnable comparison, String reason) {
        assertThatThrownBy(comparison::run)
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[ComparisonSetting]")
                .hasMessageContaining(reason);
    }
}
