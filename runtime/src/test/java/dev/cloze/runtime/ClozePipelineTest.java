package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.ClozeAnswer.RankedWord;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.model.OpenModels;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClozePipelineTest {

    @TempDir
    Path folder;

    private static final Review INPUT = new Review("A warm, funny film with a lovely cast.");
    private static final List<Review> INPUTS =
            Gaps.examples().stream().map(Answered::input).toList();

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(OpenModels.count()).isZero();
    }

    @Test
    void candidatesAreRankedByTheirShareAmongThemselves() {
        try (ClozePipeline<Review> pipeline =
                ClozePipeline.zeroShot(Gaps.builder().build())) {
            ClozeAnswer answer = pipeline.predict(INPUT);

            assertThat(answer.words())
                    .extracting(RankedWord::word)
                    .containsExactlyInAnyOrder("great", "poor", "terrible");
            assertThat(answer.words())
                    .isSortedAccordingTo(Comparator.comparing((RankedWord one) -> -one.probability()));
            double sum = answer.words().stream()
                    .mapToDouble(word -> Math.exp(word.logProbability()))
                    .sum();
            assertThat(sum).isLessThan(1);
            assertThat(answer.words()).allSatisfy(word -> assertThat(word.probability())
                    .isCloseTo(Math.exp(word.logProbability()) / sum, within(1e-5)));
            assertThat(answer.best()).isEqualTo(answer.top(1).get(0).word());
            assertThat(answer.of("poor").orElseThrow().word()).isEqualTo("poor");
            assertThat(answer.of("nice")).isEmpty();
            assertThat(answer.top(7)).hasSize(3);
        }
    }

    @Test
    void anExampleThatIsNoneIsRefusedWhereItIsAskedWhetherItCanBeSaid() {
        assertThatThrownBy(() -> ClozeTrainer.of(Gaps.builder().build()).answerable(Collections.singletonList(null)))
                .hasMessageContaining("[InputNull]");
    }

    @Test
    void anOpenVocabularyHasWholeWordsAlone() {
        try (ClozePipeline<Review> open =
                ClozePipeline.zeroShot(Gaps.open("{text} It was {mask}.").build())) {
            assertThat(open.words())
                    .contains("great", "terrible", "film")
                    .doesNotHaveDuplicates()
                    .allMatch(word -> word.codePoints().allMatch(Character::isLetterOrDigit));
            ClozeAnswer answer = open.predict(INPUT);
            assertThat(answer.words()).hasSize(ClozePipeline.OPEN_WORDS);
            assertThat(open.words())
                    .containsAll(answer.words().stream().map(RankedWord::word).toList());
            // The same words asked for as candidates are as probable to the model.
            List<String> ten = answer.top(10).stream().map(RankedWord::word).toList();
            ClozeAnswer asked = open.predict(INPUT, ten);
            assertThat(asked.words()).extracting(RankedWord::word).containsExactlyElementsOf(ten);
            for (int i = 0; i < ten.size(); i++) {
                assertThat(asked.words().get(i).logProbability())
                        .isCloseTo(answer.words().get(i).logProbability(), within(1e-5));
            }
        }
    }

    /** What the model says by itself: as of an input that is empty. */
    @Test
    void aTemplateWithoutPlaceholderRanksWords() {
        String[] words = {"great", "poor", "terrible"};
        ClozeTask<Review> task = ClozeTask.of(Review.class)
                .template("It was {mask}.")
                .candidates(words)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        try (ClozePipeline<Review> pipeline = ClozePipeline.zeroShot(task);
                ClozePipeline<Review> ofText =
                        ClozePipeline.zeroShot(Gaps.builder().build())) {
            ClozeAnswer answer = pipeline.predict(INPUT);
            ClozeAnswer ofNone = ofText.predict(new Review(""));
            for (String word : words) {
                assertThat(answer.of(word).orElseThrow().logProbability())
                        .isCloseTo(ofNone.of(word).orElseThrow().logProbability(), within(1e-5));
            }
        }
    }

    /** One mask a token: the model's own tests hold these scores against transformers. */
    @Test
    void candidatesOfSeveralTokensAreScoredTokenByToken() {
        for (MultiTokenWords choice :
                List.of(MultiTokenWords.JOINT, MultiTokenWords.LEFT_TO_RIGHT, MultiTokenWords.PARALLEL)) {
            ClozeTask<Review> task = Gaps.open("{text} It was {mask}.")
                    .candidates("great", "really good", "quite terrible")
                    .multiTokenWords(choice)
                    .build();
            try (ClozePipeline<Review> pipeline = ClozePipeline.zeroShot(task)) {
                ClozeAnswer all = pipeline.predict(INPUT);
                assertThat(all.words()).hasSize(3);
                RankedWord several = all.of("really good").orElseThrow();
                ClozeAnswer alone = pipeline.predict(INPUT, List.of("really good"));
                assertThat(alone.words().get(0).logProbability()).isCloseTo(several.logProbability(), within(1e-5));
                assertThat(alone.words().get(0).probability()).isEqualTo(1);
            }
        }
    }

    /** Log probability of the input less that of the template with nothing in it (Holtzman et al. 2021). */
    @Test
    void pointwiseInformationTakesOutWhatIsSaidOfNoInput() {
        for (String template : List.of("{text} It was {mask}.", "{mask} was it. {text}")) {
            for (boolean open : List.of(true, false)) {
                ClozeTask.Builder<Review> task = Gaps.open(template);
                if (!open) {
                    task.candidates("great", "quite poor", "terrible");
                }
                try (ClozePipeline<Review> plain = ClozePipeline.zeroShot(task.build());
                        ClozePipeline<Review> calibrated = ClozePipeline.zeroShot(
                                task.calibration(Calibration.PMI).build())) {
                    List<String> words = calibrated.predict(INPUT).top(3).stream()
                            .map(RankedWord::word)
                            .toList();
                    ClozeAnswer input = plain.predict(INPUT, words);
                    ClozeAnswer none = plain.predict(new Review(""), words);
                    for (ClozeAnswer answer : List.of(calibrated.predict(INPUT), calibrated.predict(INPUT, words))) {
                        for (String word : words) {
                            assertThat(answer.of(word).orElseThrow().logProbability())
                                    .isCloseTo(
                                            input.of(word).orElseThrow().logProbability()
                                                    - none.of(word)
                                                            .orElseThrow()
                                                            .logProbability(),
                                            within(1e-4));
                        }
                    }
                }
            }
        }
    }

    /** p / p_cf, renormalised, over the three inputs without content (Zhao et al. 2021). */
    @Test
    void contextualCalibrationDividesByWhatIsSaidOfInputsWithoutContent() {
        ClozeTask.Builder<Review> task = Gaps.builder()
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("compat", Compat.REFERENCE));
        try (ClozePipeline<Review> plain = ClozePipeline.zeroShot(task.build());
                ClozePipeline<Review> calibrated = ClozePipeline.zeroShot(
                        task.calibration(Calibration.CONTEXTUAL).build())) {
            ClozeAnswer said = plain.predict(INPUT);
            List<ClozeAnswer> without = plain.predict(List.of(new Review("N/A"), new Review("[MASK]"), new Review("")));
            double[] ratios = plain.words().stream()
                    .mapToDouble(word -> said.of(word).orElseThrow().probability()
                            / without.stream()
                                    .mapToDouble(
                                            one -> one.of(word).orElseThrow().probability())
                                    .average()
                                    .orElseThrow())
                    .toArray();
            double sum = Arrays.stream(ratios).sum();
            ClozeAnswer answer = calibrated.predict(INPUT);
            for (int i = 0; i < ratios.length; i++) {
                assertThat(answer.of(plain.words().get(i)).orElseThrow().probability())
                        .isCloseTo(ratios[i] / sum, within(1e-5));
            }
        }
    }

    @Test
    void anArchiveIsOfItsCalibration() {
        ClozeTask<Review> task = Gaps.builder().calibration(Calibration.PMI).build();
        List<ClozeAnswer> answers;
        try (ClozePipeline<Review> tuned = ClozeTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(2).withLearningRate(1e-3))
                .fit(Gaps.examples())) {
            answers = tuned.predict(INPUTS);
            tuned.save(folder.resolve("saved"));
        }
        try (ClozePipeline<Review> loaded = ClozePipeline.load(task, folder.resolve("saved"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        assertThatThrownBy(() -> ClozePipeline.load(Gaps.builder().build(), folder.resolve("saved")))
                .hasMessageContaining("calibration");
    }

    @Test
    void manyInputsAreAnsweredAsOne() {
        List<Review> many = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            many.addAll(INPUTS);
        }
        try (ClozePipeline<Review> pipeline =
                ClozePipeline.zeroShot(Gaps.open("{text} It was {mask}.").build())) {
            List<ClozeAnswer> answers = pipeline.predict(many);
            assertThat(answers).hasSize(144);
            for (int i = 0; i < INPUTS.size(); i++) {
                assertThat(answers.get(i + 128).words().get(0).logProbability())
                        .isCloseTo(
                                pipeline.predict(INPUTS.get(i)).words().get(0).logProbability(), within(1e-4));
            }
            assertThat(pipeline.predict(List.of())).isEmpty();
        }
    }

    @Test
    void theEvaluationCountsWhereTheAnswersStand() {
        try (ClozePipeline<Review> pipeline =
                ClozePipeline.zeroShot(Gaps.builder().build())) {
            List<Answered<Review>> examples = new ArrayList<>(Gaps.examples());
            examples.add(new Answered<>(INPUT, "unheard-of"));
            ClozeEvaluation measured = pipeline.evaluate(examples);

            List<Integer> expected = new ArrayList<>();
            for (Answered<Review> example : examples) {
                List<String> ranked = pipeline.predict(example.input()).words().stream()
                        .map(RankedWord::word)
                        .toList();
                expected.add(ranked.indexOf(example.answer()) + 1);
            }
            assertThat(measured.ranks()).isEqualTo(expected);
            assertThat(measured.unanswerable()).isEqualTo(1);
            assertThat(pipeline.evaluate(Gaps.examples(), List.of("great", "terrible"))
                            .ranks())
                    .hasSize(16)
                    .allMatch(rank -> rank == 1 || rank == 2);
        }
    }

    /** The tiny model knows no capitals. */
    @Test
    void spellingsThatAreOneToTheModelAreOneAnswer() {
        try (ClozePipeline<Review> open =
                ClozePipeline.zeroShot(Gaps.open("{text} It was {mask}.").build())) {
            assertThat(open.evaluate(List.of(new Answered<>(INPUT, "Great"))).ranks())
                    .isEqualTo(open.evaluate(List.of(new Answered<>(INPUT, "great")))
                            .ranks());
        }
    }

    @Test
    void whatCannotBeAnsweredIsLeftOutOnDemandAndRefusedInTraining() {
        List<Answered<Review>> examples = List.of(
                new Answered<>(INPUT, "great"), new Answered<>(INPUT, "unheard of"), new Answered<>(INPUT, "poor"));
        ClozeTrainer<Review> open =
                ClozeTrainer.of(Gaps.open("{text} It was {mask}.").build()).quiet();
        ClozeTrainer<Review> closed = ClozeTrainer.of(Gaps.builder().build()).quiet();

        assertThat(open.answerable(examples)).extracting(Answered::answer).containsExactly("great", "poor");
        assertThat(closed.answerable(examples)).extracting(Answered::answer).containsExactly("great", "poor");
        refuses("CandidateUnknown", () -> open.fit(examples), "training example 2", "unheard of", "answerable");
        refuses("CandidateUnknown", () -> closed.fit(Gaps.examples(), examples), "development example 2");
        refuses("TrainingTooFewExamples", () -> closed.fit(List.of()));
    }

    @Test
    void candidatesAreChecked() {
        try (ClozePipeline<Review> pipeline =
                ClozePipeline.zeroShot(Gaps.builder().build())) {
            refuses("VerbalizerEmptyWords", () -> pipeline.predict(INPUT, List.of()), "no candidate");
            refuses("VerbalizerEmptyWords", () -> pipeline.predict(INPUT, List.of("good", " ")), "blank");
            refuses("CandidateWhiteSpace", () -> pipeline.predict(INPUT, List.of("good", " bad")), "\"bad\"");
            refuses("VerbalizerDuplicateWord", () -> pipeline.predict(INPUT, List.of("good", "good")), "twice");
            refuses("VerbalizerDuplicateWord", () -> pipeline.predict(INPUT, List.of("good", "Good")), "the same to");
            refuses("VerbalizerUnknownWord", () -> pipeline.predict(INPUT, List.of("good", "☃")), "unknown");
            assertThat(pipeline.predict(INPUT, List.of("good", "bad", "very nice"))
                            .words())
                    .hasSize(3);
        }
        refuses(
                "VerbalizerMultiTokenWord",
                () -> ClozePipeline.zeroShot(Gaps.builder()
                        .candidates("quite good")
                        .multiTokenWords(MultiTokenWords.REJECT)
                        .build()),
                "quite good");
    }

    private static void refuses(String code, ThrowingCallable call, String... said) {
        var refused =
                assertThatThrownBy(call).isInstanceOf(ClozeException.class).hasMessageContaining("[" + code + "]");
        for (String part : said) {
            refused.hasMessageContaining(part);
        }
    }
}
