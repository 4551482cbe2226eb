package dev.cloze.runtime.workbench;

import dev.cloze.runtime.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A prediction as it is answered. */
public final class Predicted {

    private Predicted() {}

    /** label, probability, probabilities, words, cut. */
    public static Map<String, Object> of(Prediction<String> prediction) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("label", prediction.label());
        answer.put("probability", prediction.probability());
        answer.put("probabilities", prediction.probabilities());
        answer.put("words", words(prediction));
        answer.put("cut", prediction.cut());
        return answer;
    }

    private static List<Map<String, Object>> words(Prediction<String> prediction) {
        return prediction.words().stream()
                .map(word -> {
                    Map<String, Object> each = new LinkedHashMap<>();
                    each.put("word", word.word());
                    each.put("label", word.label());
                    each.put("probability", word.probability());
                    return each;
                })
                .toList();
    }
}
