package dev.cloze.runtime.tuning.patterns;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.head.HeadDevelopment;
import dev.cloze.runtime.tuning.head.HeadExamples;
import dev.cloze.runtime.tuning.head.HeadProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.head.HeadTargets;
import dev.cloze.runtime.tuning.head.HeadTuning;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.reading.LabelOrder;
import dev.cloze.runtime.tuning.unlabeled.ScoreFile;
import dev.cloze.runtime.tuning.unlabeled.TextSpool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A classifier that learns soft labels: a head on the same language model, trained on texts without a label alone, with L = T^2
 * KL(softmax(s/T) || softmax(c/T)) / B for the scores c that it gives (Schick and Schütze 2021, arXiv 2001.07676, section 3.1;
 * their code has T = 2).
 */
public final class Distillation {

    /** The step's name. */
    public static final String STEP = "classifier";

    private static final String WEIGHTS = "weights.safetensors";
    private static final String METRICS = "metrics.json";
    private static final Gson GSON = new Gson();

    private final PatternRun run;
    private final HeadReading reading;
    private final TrainingOptions options;

    public Distillation(PatternRun run) {
        this.run = run;
        this.reading = reading(run);
        this.options = options(run.options());
    }

    /** What the classifier reads of the task. */
    private static HeadReading reading(PatternRun run) {
        return HeadReading.of(run.task(), run.model(), StatePooling.PLACES);
    }

    /** Its own batches and steps; as many micro-batches as the models have, where it has as many texts, and the same share of warm-up. */
    private static TrainingOptions options(TrainingOptions all) {
        int batch = all.get(PetOptions.DISTILLATION_BATCH_SIZE);
        int steps = all.get(PetOptions.DISTILLATION_STEPS);
        return all.withAccumulation(1)
                .withBatchSize(batch)
                .withAccumulation(Math.min(all.accumulation(), batch))
                .withWarmupSteps(0)
                .withMaxSteps(steps)
                .withWarmupSteps((int) ((long) all.warmupSteps() * steps / all.maxSteps()));
    }

    /** The classifier, and what was measured of it. */
    public record Distilled(LabelProduct product, Map<String, Double> metrics) {}

    /**
     * Trains it, unless that has been done; the caller closes it.
     *
     * @param soft the step with the soft labels
     */
    public Distilled run(FinishedStep soft, LabeledValues dev) {
        Map<String, String> inputs = new LinkedHashMap<>(options.values());
        inputs.put("soft labels", soft.hash());
        inputs.put("unlabeled texts", run.unlabeledHash());
        inputs.put("development data", HeadExamples.of(reading, dev).dataHash());
        inputs.put("backbone", run.model().folder().weightsHash());
        inputs.put("tokenizer", run.model().folder().tokenizerHash());
        inputs.put("template", reading.identity().text());
        inputs.put("maxLength", Integer.toString(reading.maxLength()));
        FinishedStep step = run.plan().step(STEP, inputs, (result, scratch) -> train(soft, dev, result, scratch));
        return new Distilled(product(step.file(WEIGHTS)), metrics(step.file(METRICS)));
    }

    private void train(FinishedStep soft, LabeledValues dev, Path result, Path scratch) throws IOException {
        LanguageModel lease = run.model().shared();
        try (ScoreFile scores = SoftLabels.open(run, soft)) {
            TuningResult<LabelProduct> tuned = tune(lease, scores, soft, dev, scratch);
            try (LabelProduct product = tuned.product()) {
                lease = null;
                SafetensorsWriter.write(result.resolve(WEIGHTS), product.tensors(), Map.of());
                Files.writeString(
                        result.resolve(METRICS), GSON.toJson(tuned.training().metrics()));
            }
        } finally {
            if (lease != null) {
                lease.close();
            }
        }
    }

    private TuningResult<LabelProduct> tune(
            LanguageModel lease, ScoreFile scores, FinishedStep soft, LabeledValues dev, Path scratch) {
        TextSpool texts = run.unlabeled().texts();
        HeadExamples examples = new HeadExamples(
                new Rows(reading, texts),
                new HeadTargets.Soft(scores::get, options.get(PetOptions.TEMPERATURE)),
                cutShare(texts),
                soft.hash());
        TrainingOptions own = run.checkpointed(options, scratch);
        Ending ending = new Ending();
        List<TrainingListener> heard = new ArrayList<>(run.listeners(STEP));
        heard.add(ending);
        TrainingRequest quiet = new TrainingRequest(same -> same, heard, true);
        TuningRequest<LabelProduct> request =
                new TuningRequest<>(quiet, run.request().rescue());
        TuningResult<LabelProduct> tuned = new HeadTuning<LabelProduct>(
                        lease, reading, own, request, product -> product)
                .run(examples, HeadDevelopment.of(reading, dev));
        if (ending.reason == TrainingListener.StopReason.INTERRUPTED) {
            tuned.product().close();
            throw run.plan().stopped(null);
        }
        return tuned;
    }

    private double cutShare(TextSpool texts) {
        long cut = IntStream.range(0, texts.size())
                .filter(i -> reading.encode(texts.get(i)).cut())
                .count();
        return cut / (double) texts.size();
    }

    private LabelProduct product(Path weights) {
        LanguageModel lease = run.model().shared();
        Map<String, List<String>> texts =
                Map.of(LabelOrder.TEXTS, LabelOrder.of(run.task().labels()).names());
        try (Checkpoint checkpoint = Checkpoint.openFile(weights)) {
            return HeadProduct.read(
                    lease, reading, new SavedProduct(checkpoint, texts, Map.of(), weights.toString(), any -> {}));
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private static Map<String, Double> metrics(Path file) {
        try {
            Map<String, Double> read = GSON.fromJson(Files.readString(file), new TypeToken<Map<String, Double>>() {});
            return read == null ? Map.of() : read;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Texts as the classifier reads them, each encoded when it is asked for. */
    private static final class Rows extends AbstractList<TokenRow> {
        private final HeadReading reading;
        private final TextSpool texts;

        Rows(HeadReading reading, TextSpool texts) {
            this.reading = reading;
            this.texts = texts;
        }

        @Override
        public TokenRow get(int index) {
            return reading.row(reading.encode(texts.get(index)));
        }

        @Override
        public int size() {
            return texts.size();
        }
    }

    private static final class Ending implements TrainingListener {
        private @org.jspecify.annotations.Nullable StopReason reason;

        @Override
        public void onEnd(TrainingEnded ended) {
            reason = ended.reason();
        }
    }
}
