package dev.cloze.runtime.tuning.lstm;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LstmOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Trains a bidirectional LSTM over word vectors with a linear layer over the pooled states (pooling by the greatest of each
 * element: InferSent, Conneau et al. 2017, arXiv 1705.02364, section 3.2.2), by cross-entropy: the networks of the time
 * before pretrained language models.
 *
 * <p>Vectors are learnt with it, from nothing or from a file of word2vec or GloVe. Prefer it to TF-IDF where the order of words
 * decides and examples are many; with few, language models know more.
 */
@AutoService(Strategy.class)
public final class LstmStrategy implements ClassificationStrategy {

    /** The better one of 1e-3 and 3e-3 on texts held out of the training sets of TREC and SST-2, as was a dropout of 0.2. */
    private static final double RATE = 3e-3;

    private static final int EMBEDDING = 100;

    @Override
    public TuningMethod method() {
        return TuningMethod.LSTM;
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return LstmProduct.read(task, maxWords(task), saved);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        TrainingOptions usual = TrainingOptions.defaults().withLearningRate(RATE);
        TrainingOptions options = request.training().options(task.tuning(), usual, dev.isEmpty());
        WordVectors vectors = vectors(options);
        LstmTuning.Sizes sizes = new LstmTuning.Sizes(
                maxWords(task),
                vectors.size() > 0
                        ? vectors.size()
                        : find(options, LstmOptions.EMBEDDING_SIZE).orElse(EMBEDDING));
        return new LstmTuning(task, sizes, vectors, options, request).run(train, dev);
    }

    private static int maxWords(LabelTask task) {
        return task.tuning().options().find(TuningOptions.MAX_LENGTH).orElse(Tuning.USUAL_LENGTH);
    }

    private static <T> Optional<T> find(TrainingOptions options, Option<T> option) {
        return options.isSet(option) ? Optional.of(options.get(option)) : Optional.empty();
    }

    private static WordVectors vectors(TrainingOptions options) {
        String file = find(options, LstmOptions.EMBEDDINGS).orElse("");
        if (file.isEmpty()) {
            return WordVectors.NONE;
        }
        WordVectors vectors = VectorFile.read(Path.of(file), options.get(LstmOptions.EMBEDDING_WORDS));
        find(options, LstmOptions.EMBEDDING_SIZE)
                .filter(size -> size != vectors.size())
                .ifPresent(size -> {
                    throw new ClozeException(
                            Problem.TUNING_OPTION_OUT_OF_RANGE,
                            "The tuning option embeddingSize is " + size + ", but the vectors of " + file + " have "
                                    + vectors.size() + " numbers.\n  Leave it out: it follows from the file.");
                });
        return vectors;
    }
}
