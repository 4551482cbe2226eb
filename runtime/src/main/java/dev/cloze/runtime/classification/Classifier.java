package dev.cloze.runtime.classification;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.Prediction.WordProbability;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswer.ScoredWord;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.verbalizer.Logits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Predicts the labels of a task's inputs by whatever answers for them. */
public final class Classifier<I, L> {

    private final ClassificationTask<I, L> task;
    private final List<L> labels;
    private final LabelAnswers answers;

    /** A classifier of this task. */
    public Classifier(ClassificationTask<I, L> task, LabelAnswers answers) {
        this.task = task;
        this.labels = List.copyOf(task.labels().keySet());
        this.answers = answers;
    }

    /** The predictions, in the order of the inputs. */
    public List<Prediction<L>> predict(List<? extends @Nullable I> inputs) {
        return answers.answer(new InputValues<>(inputs, task.placeholders())).stream()
                .map(this::prediction)
                .toList();
    }

    /** The prediction that an answer comes to. */
    public Prediction<L> prediction(LabelAnswer answer) {
        float[] probabilities = answer.probabilities();
        Map<L, Double> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            byLabel.put(labels.get(i), (double) probabilities[i]);
        }
        return new Prediction<>(labels.get(answer.best()), byLabel, words(answer.words()), answer.cut());
    }

    private List<WordProbability<L>> words(List<ScoredWord> scored) {
        float[] scores = new float[scored.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scored.get(i).score();
        }
        float[] probabilities = Logits.softmax(scores);
        List<WordProbability<L>> words = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            ScoredWord word = scored.get(i);
            words.add(new WordProbability<>(word.text(), labels.get(word.label()), probabilities[i]));
        }
        words.sort(Comparator.comparingDouble((WordProbability<L> word) -> word.probability())
                .reversed());
        return List.copyOf(words);
    }
}
