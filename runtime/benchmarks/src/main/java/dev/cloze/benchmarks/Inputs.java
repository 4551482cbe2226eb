package dev.cloze.benchmarks;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * The same seeded texts for both sides, of 16 to 128 tokens, all lengths equally likely, short words more so.
 *
 * @param texts what a user would pass
 * @param rows the same as Cloze encodes them by {@link #task}
 * @param words the tokens of each label's words
 */
record Inputs(List<String> texts, List<TokenRow> rows, List<List<Integer>> words) {

    /** A text, as a task class holds it. */
    record Review(String text) {}

    /** The two labels. */
    enum Sentiment {
        POSITIVE,
        NEGATIVE
    }

    private static final int SHORTEST = 16;
    private static final int LONGEST = 128;
    private static final int FRAME = 6; // [CLS] ... It was [MASK] . [SEP]

    static ClassificationTask<Review, Sentiment> task(String backbone) {
        return task(backbone, ".");
    }

    /** @param ending what stands behind the mask; nothing where the model is a decoder */
    static ClassificationTask<Review, Sentiment> task(String backbone, String ending) {
        return ClassificationTask.of(Review.class, Sentiment.class)
                .template("{text} It was {mask}" + ending)
                .placeholder("text", Review::text)
                .label(Sentiment.POSITIVE, "great", "good")
                .label(Sentiment.NEGATIVE, "terrible", "bad")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, backbone))
                .build();
    }

    static Inputs of(LanguageModel model, int count, long seed) {
        List<String> vocabulary = words(model.tokenizer());
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1) - FRAME;
            StringJoiner text = new StringJoiner(" ");
            for (int w = 0; w < length; w++) {
                // Low ids are frequent words: about as in running text, the rank falls off like Zipf's law.
                text.add(vocabulary.get((int) Math.pow(vocabulary.size(), random.nextDouble()) - 1));
            }
            texts.add(text.toString());
        }
        LabelTask task = LabelTask.of(task(model.folder().path().toString()));
        CompiledTask compiled = CompiledTask.of(task, task.templates().get(0), model);
        List<Map<String, String>> values =
                texts.stream().map(text -> Map.of("text", text)).toList();
        List<TokenRow> rows =
                compiled.encode(values, 1).stream().map(ModelTemplate::row).toList();
        List<List<Integer>> words = new ArrayList<>();
        compiled.verbalizer().labels().forEach(label -> words.add(new ArrayList<>()));
        compiled.verbalizer().words().forEach(word -> words.get(word.label()).add(word.tokens()[0]));
        return new Inputs(texts, rows, Collections.unmodifiableList(words));
    }

    /** Whole words of two letters and more, each one token. */
    private static List<String> words(Tokenizer tokenizer) {
        List<String> words = new ArrayList<>();
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            String token = tokenizer.token(id);
            if (token.matches("[a-z]{2,}")) {
                words.add(token);
            }
        }
        return words;
    }

    List<Review> reviews() {
        return texts.stream().map(Review::new).toList();
    }

    /** The texts with the template written out, as a user of transformers would. */
    List<String> prompts() {
        return texts.stream().map(text -> text + " It was [MASK].").toList();
    }

    /** A label for each text, in turns. */
    int[] labels() {
        return IntStream.range(0, texts.size()).map(i -> i % 2).toArray();
    }

    /** The texts with these labels. */
    List<Labeled<Review, Sentiment>> labeled() {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Labeled<>(new Review(texts.get(i)), Sentiment.values()[i % 2]))
                .toList();
    }

    List<int[]> ids() {
        return rows.stream().map(TokenRow::ids).toList();
    }

    /** The same without the template's own four tokens, as what reads placeholders alone has them. */
    List<int[]> bareIds() {
        return ids().stream()
                .map(ids -> {
                    int[] bare = Arrays.copyOf(ids, ids.length - (FRAME - 2));
                    bare[bare.length - 1] = ids[ids.length - 1];
                    return bare;
                })
                .toList();
    }

    /** All label words' tokens, in the order of {@link #words}. */
    int[] wordIds() {
        return words.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    /** The mean of each label's words. */
    double[] labelScores(float[] wordScores) {
        double[] scores = new double[words.size()];
        int at = 0;
        for (int label = 0; label < scores.length; label++) {
            int count = words.get(label).size();
            for (int w = 0; w < count; w++) {
                scores[label] += wordScores[at++] / count;
            }
        }
        return scores;
    }
}
