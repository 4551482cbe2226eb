package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Combination;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the models of PET and iPET answer together, against each model alone: its weights as they were left on disk, in a model's
 * folder, asked by its own template without any training.
 */
@ExtendWith(NothingLeftOpen.class)
class PatternEnsembleTest {

    private static final List<Review> INPUTS =
            Patterns.DEV.stream().map(Labeled::input).toList();
    private static final int REPETITIONS = 2;

    /** Four of one label and three of the other, of which the two templates say one each. */
    private static final List<Labeled<Review, Sentiment>> TRAIN = Patterns.TRAIN.subList(0, 7);

    @TempDir
    Path folder;

    @Test
    void theScoresOfPetAreTheMeanOfItsMembers() throws IOException {
        assertMean(TuningMethod.PET, "pattern-", new double[] {1, 1});
    }

    @Test
    void theMembersOfPetCountWhatTheirTemplatesKnewBefore() throws IOException {
        assertMean(TuningMethod.PET, "pattern-", accuracies());
    }

    @Test
    void theModelsOfTheLastGenerationCountWhatTheirTemplatesKnewBefore() throws IOException {
        assertMean(TuningMethod.IPET, "generation-2-pattern-", accuracies());
    }

    /** @param weights of each template; the same for all is the uniform combination */
    private void assertMean(TuningMethod method, String names, double[] weights) throws IOException {
        boolean uniform = weights[0] == weights[1];
        List<Prediction<Sentiment>> answers;
        PromptTrainer<Review, Sentiment> trainer = Patterns.trainer(method)
                .options(options -> options.with(PetOptions.REPETITIONS, REPETITIONS)
                        .with(PetOptions.COMBINATION, uniform ? Combination.UNIFORM : Combination.WEIGHTED)
                        .withCheckpointFolder(folder.resolve("run")))
                .options(options -> method == TuningMethod.IPET ? options.with(PetOptions.GENERATIONS, 2) : options);
        try (PromptPipeline<Review, Sentiment> ensemble =
                trainer.fitEnsemble(TRAIN, Patterns.DEV, Patterns.unlabeled(80))) {
            answers = ensemble.predict(INPUTS);
            ensemble.save(folder.resolve("ensemble"));
        }
        assertThat(answers.get(0).words())
                .extracting(Prediction.WordProbability::word)
                .containsExactlyInAnyOrder("great", "good", "terrible", "bad", "wonderful", "awful");
        try (PromptPipeline<Review, Sentiment> loaded =
                PromptPipeline.load(Patterns.task(method), folder.resolve("ensemble"))) {
            assertThat(loaded.predict(INPUTS)).isEqualTo(answers);
        }
        assertThat(folder.resolve("run/classifier")).doesNotExist();
        double[] expected = new double[INPUTS.size()];
        List<List<Double>> alone = new ArrayList<>();
        double all = REPETITIONS * (weights[0] + weights[1]);
        for (int template = 0; template < 2; template++) {
            for (int repetition = 1; repetition <= REPETITIONS; repetition++) {
                Path left = folder.resolve("run/" + names + (template + 1) + "-" + repetition + "/result");
                List<Double> margins = margins(template, left.resolve("weights.safetensors"));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += weights[template] / all * margins.get(i);
                }
                alone.add(margins);
            }
        }
        assertThat(alone).doesNotHaveDuplicates();
        for (int i = 0; i < expected.length; i++) {
            assertThat(margin(answers.get(i))).isCloseTo(expected[i], within(1e-4));
        }
    }

    /** What the untrained model says, by each template, of the labelled examples. */
    private static double[] accuracies() {
        double[] accuracies = new double[2];
        for (int template = 0; template < 2; template++) {
            try (PromptPipeline<Review, Sentiment> untrained =
                    PromptPipeline.zeroShot(alone(template, "cloze-tiny-en"))) {
                accuracies[template] = untrained.evaluate(TRAIN).accuracy();
            }
        }
        assertThat(accuracies[0]).isNotEqualTo(accuracies[1]);
        return accuracies;
    }

    private static ClassificationTask<Review, Sentiment> alone(int template, String model) {
        ClassificationTask<Review, Sentiment> task = Patterns.task(TuningMethod.PROMPT_FINE_TUNING);
        return task.withTemplates(task.templates().subList(template, template + 1))
                .withTuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model));
    }

    private List<Double> margins(int template, Path weights) throws IOException {
        Path model = TinyModels.withoutDropout("cloze-tiny-en", Files.createTempDirectory(folder, "model"));
        Path file = model.resolve("model.safetensors");
        Map<String, Tensor> tensors = tensors(file);
        Map<String, Tensor> tuned = tensors(weights);
        assertThat(tensors).containsKeys(tuned.keySet().toArray(String[]::new));
        tensors.putAll(tuned);
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        try (PromptPipeline<Review, Sentiment> member = PromptPipeline.zeroShot(alone(template, model.toString()))) {
            return member.predict(INPUTS).stream()
                    .map(PatternEnsembleTest::margin)
                    .toList();
        }
    }

    private static Map<String, Tensor> tensors(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            checkpoint.names().forEach(name -> {
                float[] numbers = new float[checkpoint.floats(name).remaining()];
                checkpoint.floats(name).get(numbers);
                tensors.put(name, Tensor.of(numbers, checkpoint.shape(name)));
            });
        }
        return tensors;
    }

    /** The difference of the two raw scores. */
    private static double margin(Prediction<Sentiment> prediction) {
        Map<Sentiment, Double> probabilities = prediction.probabilities();
        return Math.log(Objects.requireNonNull(probabilities.get(Sentiment.POSITIVE)))
                - Math.log(Objects.requireNonNull(probabilities.get(Sentiment.NEGATIVE)));
    }
}
