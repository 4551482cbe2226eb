package dev.cloze.runtime.search;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.List;
import java.util.Map;

/** A task that words or templates are searched for, with the examples to search on. */
public interface SearchedTask {

    /** Its kind, by which its method's row is found. */
    TaskKind kind();

    /** The choice that its words make: between its labels, or between the ends of its scale. */
    LabelTask labels();

    /** Refuses examples that nothing can be searched on, and tells what may be wrong with them. */
    void check();

    /** Whether there are development examples, to rank by. */
    boolean isRanked();

    /** The training examples with their labels, or the ends of the scale that they are said to be at. */
    LabeledValues train();

    /** How well words fit the training examples, by what an untrained model says of these. */
    WordFit fit();

    /** The same with these words of each label, in their order, in every template. */
    SearchedTask withWords(List<List<String>> words);

    /** The same with this template alone, which has the words of its first. */
    SearchedTask withTemplate(String text);

    /**
     * What a training with it depends on.
     *
     * @param options in force, but for what the method chooses
     */
    Map<String, String> inputs(TrainingOptions options);

    /** Tunes, and says how well the development examples are answered: their accuracy, or Pearson's correlation. */
    double devScore(TrainingRequest request);
}
