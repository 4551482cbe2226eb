package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What labels and their words must satisfy, each with the sentence the compiler says too. */
final class LabelWordChecks {

    private static final int SUGGESTIONS = 3;

    private LabelWordChecks() {}

    static void labels(Map<?, List<String>> words) {
        if (words.size() < 2) {
            throw new ClozeException(
                    Problem.VERBALIZER_TOO_FEW_LABELS,
                    "A classification needs at least two labels, but there " + count(words.keySet()) + "."
                            + "\n  Add a constant to the label enum, with words of its own.");
        }
        words.keySet().forEach(label -> missing(label, words));
        words.forEach(LabelWordChecks::written);
    }

    private static String count(Iterable<?> labels) {
        StringJoiner names = new StringJoiner(", ");
        labels.forEach(label -> names.add(label.toString()));
        return names.length() == 0 ? "is none" : "is only " + names;
    }

    /** Every constant of the enum, not only those given, must have words. */
    private static void missing(Object label, Map<?, List<String>> words) {
        if (label instanceof Enum<?> constant) {
            for (Object other : constant.getDeclaringClass().getEnumConstants()) {
                if (!words.containsKey(other)) {
                    throw new ClozeException(
                            Problem.VERBALIZER_MISSING_LABEL,
                            "The label " + other + " has no label words."
                                    + "\n  Write @LabelWords on the constant, or @LabelWords(label = \"" + other
                                    + "\", value = ...) in @Verbalizer.");
                }
            }
        }
    }

    private static void written(Object label, List<String> words) {
        if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
            String what = words.isEmpty()
                    ? "The list of label words of " + label + " is empty."
                    : "A label word of " + label + " is blank.";
            throw new ClozeException(
                    Problem.VERBALIZER_EMPTY_WORDS,
                    what + "\n  Give the label at least one word the model may say at the mask.");
        }
    }

    /** Checks the tokens of one word and returns those that are scored. */
    static int[] tokens(
            Object label, String word, MultiTokenWords choice, LabelVocabulary vocabulary, boolean afterSpace) {
        List<Integer> ids = vocabulary.encodeWord(word, afterSpace);
        boolean unknown = vocabulary.unknownId().isPresent()
                && ids.contains(vocabulary.unknownId().getAsInt());
        if (ids.isEmpty() || unknown) {
            throw new ClozeException(
                    Problem.VERBALIZER_UNKNOWN_WORD,
                    "The label word \"" + word + "\" of " + label + " is not in the model's vocabulary."
                            + suggestion(word, vocabulary, afterSpace));
        }
        if (ids.size() > 1 && choice == MultiTokenWords.REJECT) {
            throw new ClozeException(
                    Problem.VERBALIZER_MULTI_TOKEN_WORD,
                    "The label word \"" + word + "\" of " + label + " is " + ids.size() + " tokens: "
                            + spelled(ids, vocabulary) + "." + suggestion(word, vocabulary, afterSpace)
                            + "\n  Or let multiTokenWords be FIRST, MEAN or JOINT.");
        }
        int scored = choice == MultiTokenWords.FIRST ? 1 : ids.size();
        return ids.stream().limit(scored).mapToInt(Integer::intValue).toArray();
    }

    private static String spelled(List<Integer> ids, LabelVocabulary vocabulary) {
        StringJoiner tokens = new StringJoiner(" ");
        ids.forEach(id -> tokens.add(vocabulary.token(id)));
        return tokens.toString();
    }

    private static String suggestion(String word, LabelVocabulary vocabulary, boolean afterSpace) {
        List<String> near = vocabulary.nearestSingleTokenWords(word, afterSpace, SUGGESTIONS);
        return near.isEmpty() ? "" : "\n  Single tokens like it: " + String.join(", ", near) + ".";
    }

    /** No two words may be the same to the model, in one label or in two. */
    static void distinct(List<LabelWord> words, List<?> labels) {
        List<LabelWord> seen = new ArrayList<>();
        for (LabelWord word : words) {
            for (LabelWord other : seen) {
                if (Arrays.equals(word.tokens(), other.tokens())) {
                    throw duplicate(other, word, labels);
                }
            }
            seen.add(word);
        }
    }

    private static ClozeException duplicate(LabelWord first, LabelWord second, List<?> labels) {
        String where = first.label() == second.label()
                ? "is given twice for " + labels.get(first.label())
                : "stands for both " + labels.get(first.label()) + " and " + labels.get(second.label());
        String why = first.text().equals(second.text())
                ? ""
                : "\n  \"" + first.text() + "\" and \"" + second.text() + "\" are the same tokens to the model.";
        return new ClozeException(
                Problem.VERBALIZER_DUPLICATE_WORD,
                "The label word \"" + second.text() + "\" " + where + "." + why
                        + "\n  Give each label words of its own.");
    }
}
