package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.labels.WordRefinement;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of many label words are kept, by what the model as it is says to some texts: of its probabilities, or with {@code REFERENCE}
 * of its logits, as in the authors' code. Virtual tokens, which nobody has trained yet, are left out of the texts.
 */
final class SupportedWords {

    private static final Logger LOG = LoggerFactory.getLogger(SupportedWords.class);

    /** Texts asked for the whole vocabulary at a time. */
    private static final int CHUNK = 16;

    private SupportedWords() {}

    static boolean[] of(
            LanguageModel model, CompiledTask task, TrainingOptions options, List<Map<String, String>> support) {
        List<LabelWord> words = task.verbalizer().words();
        boolean inCode = options.compat() == Compat.REFERENCE;
        List<TokenRow> rows = task.encode(support, 1).stream()
                .map(ModelTemplate::row)
                .map(SupportedWords::withoutVirtual)
                .toList();
        double[][] said = new double[words.size()][rows.size()];
        double[] prior = priors(model.backbone(), rows, words, said, inCode);
        double[] ofWords = words.stream()
                .mapToDouble(word -> Arrays.stream(word.tokens())
                        .mapToDouble(token -> prior[token])
                        .min()
                        .orElseThrow())
                .toArray();
        WordRefinement refinement =
                new WordRefinement(words.stream().mapToInt(LabelWord::label).toArray(), ofWords, said);
        boolean[] kept = refinement.frequent(least(prior, options.get(VerbalizerOptions.VOCABULARY_SHARE)));
        if (options.get(VerbalizerOptions.RELEVANCE)) {
            if (inCode) {
                refinement.relevantAsInCode(kept);
            } else {
                refinement.relevant(kept);
            }
        }
        tell(task, words, kept);
        return kept;
    }

    /** The mean over the texts for each token; on the way what each word scores in each text. */
    private static double[] priors(
            Backbone backbone, List<TokenRow> rows, List<LabelWord> words, double[][] said, boolean inCode) {
        double[] prior = new double[backbone.shape().vocabularySize()];
        for (int from = 0; from < rows.size(); from += CHUNK) {
            List<TokenRow> chunk = rows.subList(from, Math.min(rows.size(), from + CHUNK));
            float[][][] scores = backbone.scores(chunk, new int[0], !inCode);
            for (int r = 0; r < chunk.size(); r++) {
                float[] tokens = scores[r][0];
                for (int token = 0; token < prior.length; token++) {
                    prior[token] += (inCode ? tokens[token] : Math.exp(tokens[token])) / rows.size();
                }
                for (int w = 0; w < words.size(); w++) {
                    double mean = Arrays.stream(words.get(w).tokens())
                            .mapToDouble(token -> tokens[token])
                            .average()
                            .orElseThrow();
                    said[w][from + r] = inCode ? mean : Math.exp(mean);
                }
            }
        }
        return prior;
    }

    /** What a token of that share of the vocabulary has at least. */
    private static double least(double[] prior, double share) {
        double[] sorted = prior.clone();
        Arrays.sort(sorted);
        int removed = Math.min((int) ((1 - share) * sorted.length), sorted.length - 1);
        return sorted[removed];
    }

    private static TokenRow withoutVirtual(TokenRow row) {
        int[] kept =
                IntStream.range(0, row.length()).filter(i -> row.ids()[i] >= 0).toArray();
        if (kept.length == row.length()) {
            return row;
        }
        int[] asked = Arrays.stream(row.asked())
                .map(place -> (int) Arrays.stream(kept).filter(i -> i < place).count())
                .toArray();
        return new TokenRow(
                Arrays.stream(kept).map(i -> row.ids()[i]).toArray(),
                row.segments().length == 0
                        ? row.segments()
                        : Arrays.stream(kept).map(i -> row.segments()[i]).toArray(),
                asked);
    }

    private static void tell(CompiledTask task, List<LabelWord> words, boolean[] kept) {
        for (int label = 0; label < task.task().labels().size(); label++) {
            int of = label;
            int[] own = IntStream.range(0, kept.length)
                    .filter(w -> words.get(w).label() == of)
                    .toArray();
            long left = Arrays.stream(own).filter(w -> kept[w]).count();
            LOG.info(
                    "{}: {} of {} words of {} are kept",
                    task.task().name(),
                    left,
                    own.length,
                    task.task().labels().get(label));
        }
    }
}
