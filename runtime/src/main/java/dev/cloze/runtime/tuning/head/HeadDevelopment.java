package dev.cloze.runtime.tuning.head;

import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.RatedValues;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Examples by which the best weights of a training are chosen.
 *
 * @param inputs for each, the text of every placeholder by path; none to keep what training ends with
 * @param dataHash of inputs and what is right for them, as the head reads them
 * @param metric what the score is called
 * @param score how good answers to them are: the more the better
 */
public record HeadDevelopment(
        List<Map<String, String>> inputs, String dataHash, String metric, ToDoubleFunction<List<LabelAnswer>> score) {

    /** Labelled examples, by the accuracy. */
    public static HeadDevelopment of(HeadReading reading, LabeledValues dev) {
        return new HeadDevelopment(
                dev.inputs(),
                HeadExamples.of(reading, dev).dataHash(),
                "dev accuracy",
                answers -> LabeledValues.accuracy(dev.labels(), answers));
    }

    /** Rated examples, by Pearson's correlation with a head of one number. */
    public static HeadDevelopment of(HeadReading reading, RatedValues dev) {
        return new HeadDevelopment(
                dev.inputs(),
                HeadExamples.of(reading, dev).dataHash(),
                "dev Pearson",
                answers -> dev.pearson(answers.stream()
                        .mapToDouble(answer -> answer.scores()[0])
                        .toArray()));
    }
}
