package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WordEmbeddings;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.RandomStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What virtual tokens are before the first step: rows of numbers, each as long as a word embedding. Equal seeds draw equal ones. */
public final class StartVectors {

    /** The most frequent words are drawn from: SentencePiece's vocabularies have them first. */
    private static final int FREQUENT = 5000;

    /** Rows that BERT's vocabularies keep free, a thousand at their beginning: they stand in no text. */
    private static final Pattern FREE = Pattern.compile("\\[unused\\d+]");

    private final Backbone backbone;
    private final Tokenizer tokenizer;
    private final long seed;

    /** Of this model. */
    public StartVectors(LanguageModel model, long seed) {
        this.backbone = model.backbone();
        this.tokenizer = model.tokenizer();
        this.seed = seed;
    }

    /** The means of the embeddings of each of these lists of tokens. */
    public List<float[]> ofWords(List<int[]> words) {
        return words.stream().map(this::mean).toList();
    }

    /** The embeddings of a text's tokens, at least one, again and again until they are so many. */
    public List<float[]> ofText(int[] tokens, int count) {
        List<float[]> rows = ofTokens(tokens);
        return IntStream.range(0, count)
                .mapToObj(i -> rows.get(i % rows.size()))
                .toList();
    }

    /** The embeddings of so many words among the first 5,000 that can stand in a text, none twice unless there are fewer. */
    public List<float[]> ofVocabulary(int count) {
        List<Integer> ids = new ArrayList<>(IntStream.range(0, backbone.shape().vocabularySize())
                .filter(this::canStandInText)
                .limit(FREQUENT)
                .boxed()
                .toList());
        Collections.shuffle(ids, new Random(RandomStream.INIT.seed(seed, 0)));
        int[] chosen =
                IntStream.range(0, count).map(i -> ids.get(i % ids.size())).toArray();
        return ofTokens(chosen);
    }

    private boolean canStandInText(int id) {
        return tokenizer.isOrdinary(id) && !FREE.matcher(tokenizer.token(id)).matches();
    }

    /** Numbers drawn alike between the two. */
    public List<float[]> random(int count, double least, double most) {
        Random random = new Random(RandomStream.INIT.seed(seed, 1));
        return drawn(count, () -> (float) (least + (most - least) * random.nextDouble()));
    }

    /** Numbers of the standard normal distribution. */
    public List<float[]> normal(int count) {
        Random random = new Random(RandomStream.INIT.seed(seed, 2));
        return drawn(count, () -> (float) random.nextGaussian());
    }

    private interface Draw {
        float next();
    }

    private List<float[]> drawn(int count, Draw draw) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = new float[backbone.shape().embeddingSize()];
            for (int j = 0; j < row.length; j++) {
                row[j] = draw.next();
            }
            rows.add(row);
        }
        return rows;
    }

    private List<float[]> ofTokens(int[] tokens) {
        if (tokens.length == 0) {
            return List.of();
        }
        int size = backbone.shape().embeddingSize();
        float[] flat = WordEmbeddings.of(backbone, tokens);
        return IntStream.range(0, tokens.length)
                .mapToObj(i -> java.util.Arrays.copyOfRange(flat, i * size, (i + 1) * size))
                .toList();
    }

    private float[] mean(int[] tokens) {
        List<float[]> rows = ofTokens(tokens);
        float[] mean = new float[backbone.shape().embeddingSize()];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (float[] row : rows) {
                sum += row[i];
            }
            mean[i] = (float) (sum / rows.size());
        }
        return mean;
    }

    /** The rows of a matrix, (count, e). */
    public static List<float[]> rows(Tensor matrix) {
        int size = (int) matrix.shape()[1];
        return IntStream.range(0, (int) matrix.shape()[0])
                .mapToObj(i -> {
                    float[] row = new float[size];
                    matrix.data()
                            .duplicate()
                            .position(matrix.data().position() + i * size)
                            .get(row);
                    return row;
                })
                .toList();
    }

    /** What a checkpoint must agree with where rows come from files, which may have changed since. */
    public static Map<String, String> identity(List<float[]> rows) {
        DataHash hash = new DataHash();
        for (float[] row : rows) {
            hash.add(row.length);
            hash.add(IntStream.range(0, row.length)
                    .map(i -> Float.floatToRawIntBits(row[i]))
                    .toArray());
        }
        return Map.of("starting prompt", hash.hex());
    }

    /** The rows as one array, (count, e). */
    public static NDArray array(NDManager memory, List<float[]> rows) {
        int size = rows.get(0).length;
        float[] flat = new float[rows.size() * size];
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r), 0, flat, r * size, size);
        }
        return memory.create(flat, new Shape(rows.size(), size));
    }
}
