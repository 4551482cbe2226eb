package dev.cloze.runtime.tuning.prompttuning;

import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.NearestWords;
import dev.cloze.runtime.adapter.PromptFile;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.exchange.VirtualTokenExchange;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prompts of other tasks, of which the one that is most similar to a task's own is worth starting from: by the cosine of the means of
 * their virtual tokens (Vu et al. 2022, SPoT, arXiv 2110.07904, section 4.1, "cosine similarity of average tokens").
 */
final class SourcePrompts {

    private static final Logger LOG = LoggerFactory.getLogger(SourcePrompts.class);

    private final LanguageModel model;
    private final Path folder;

    SourcePrompts(LanguageModel model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    /**
     * The virtual tokens of another task to start from, chosen after some steps of the task's own; none where no sources are written.
     *
     * @param tune trains the task's own with these options, on the training examples alone
     */
    static List<float[]> rows(TaskTuning tuning, TrainingOptions options, Function<TrainingOptions, Product> tune) {
        if (!options.isSet(PromptTuningOptions.SOURCES)) {
            return List.of();
        }
        int steps = options.get(PromptTuningOptions.SOURCE_STEPS);
        TrainingOptions first = options.withWarmupSteps(0)
                .withMaxSteps(steps)
                .withEvaluateEvery(0)
                .withCheckpointFolder(null);
        Path folder = Path.of(options.get(PromptTuningOptions.SOURCES));
        try (Product own = tune.apply(first);
                LanguageModel model = LanguageModel.open(tuning)) {
            Tensor tokens = Objects.requireNonNull(own.tensors().get(VirtualTokens.NAME));
            return new SourcePrompts(model, folder)
                    .mostSimilar(StartVectors.rows(tokens))
                    .rows();
        }
    }

    /** A prompt that can be started from, and how similar it is, from -1 to 1. */
    record Source(Path place, List<float[]> rows, double similarity) {}

    /**
     * The most similar; of equally similar ones the first by name.
     *
     * @param own the task's own virtual tokens, which that of others have to be as many as
     * @throws ClozeException ADAPTER_MISMATCH where the folder has no prompt of this model and length, with the reason of each
     */
    Source mostSimilar(List<float[]> own) {
        List<String> unfit = new ArrayList<>();
        Source best = null;
        for (Path place : in(folder)) {
            Adapter adapter = PromptFile.read(place);
            try {
                VirtualTokenExchange.requireModel(adapter, model.identity());
            } catch (ClozeException e) {
                if (e.problem() != Problem.ADAPTER_MISMATCH) {
                    throw e;
                }
                unfit.add(place.getFileName() + " is of " + adapter.shownBase());
                continue;
            }
            List<float[]> rows = StartVectors.rows(adapter.vectors());
            if (rows.size() != own.size()) {
                unfit.add(place.getFileName() + " has " + rows.size() + " virtual tokens");
                continue;
            }
            Source source = new Source(place, rows, similarity(own, rows));
            LOG.info("{}: the cosine with the task's own prompt is {}", place, source.similarity());
            best = best == null || source.similarity() > best.similarity() ? source : best;
        }
        if (best == null) {
            throw none(own.size(), unfit);
        }
        LOG.info("The virtual tokens start as those of {}", best.place());
        return best;
    }

    /** The cosine of the means, which is that of the sums. */
    static double similarity(List<float[]> one, List<float[]> other) {
        int size = one.get(0).length;
        return NearestWords.cosine(sum(one), 0, sum(other), 0, size);
    }

    private static float[] sum(List<float[]> rows) {
        float[] sum = new float[rows.get(0).length];
        for (int i = 0; i < sum.length; i++) {
            double all = 0;
            for (float[] row : rows) {
                all += row[i];
            }
            sum[i] = (float) all;
        }
        return sum;
    }

    /** The prompts in a folder, by name. */
    static List<Path> in(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(PromptFile::isThere).sorted().toList();
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.ADAPTER_UNREADABLE,
                    "The folder of prompts " + folder + " can't be read: " + e
                            + ".\n  sources names a folder in which each"
                            + " prompt is a folder of its own, or an array, FILE.npy. It was looked for from "
                            + Path.of("").toAbsolutePath() + ".",
                    e);
        }
    }

    private ClozeException none(int length, List<String> unfit) {
        return new ClozeException(
                Problem.ADAPTER_MISMATCH,
                "The folder " + folder + " has no prompt of " + length + " virtual tokens for \""
                        + model.folder().name()
                        + "\".\n  " + (unfit.isEmpty() ? "It has none at all." : String.join("; ", unfit) + ".")
                        + "\n  Give promptLength the length of those that are there, or another folder.");
    }
}
