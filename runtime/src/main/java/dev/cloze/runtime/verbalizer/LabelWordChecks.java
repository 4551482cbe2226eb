package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What labels and their words must satisfy, each with the sentence the compiler says too. */
final class LabelWordChecks {

    private static final int SUGGESTIONS = 3;

    private LabelWordChecks() {}

    static void labels(Map<?, List<String>> words) {
        if (words.size() < 2) {
            throw new ClozeException(
                    Problem.VERBALIZER_TOO_FEW_LABELS,
                    "The task has "
                            + (words.isEmpty()
                                    ? "no label"
                                    : "one label, " + words.keySet().iterator().next())
                            + ", and a classification chooses between two labels at least."
                            + "\n  Add the missing constants to the label enum, with label words of their own.");
        }
        words.keySet().forEach(label -> complete(label, words));
        words.forEach(LabelWordChecks::written);
    }

    /** Every constant of the enum must have words, not only those given. */
    private static void complete(Object label, Map<?, List<String>> words) {
        if (!(label instanceof Enum<?> constant)) {
            return;
        }
        for (Object other : constant.getDeclaringClass().getEnumConstants()) {
            if (!words.containsKey(other)) {
                throw new ClozeException(
                        Problem.VERBALIZER_MISSING_LABEL,
                        other + " of " + constant.getDeclaringClass().getSimpleName() + " has no label words."
                                + "\n  Write @LabelWords({\"...\"}) on the constant,"
                                + "\n  or @LabelWords(label = \"" + other
                                + "\", value = {\"...\"}) in the value of @Verbalizer.");
            }
        }
    }

    private static void written(Object label, List<String> words) {
        if (words.isEmpty()) {
            throw new ClozeException(
                    Problem.VERBALIZER_EMPTY_WORDS,
                    label + " has an empty list of label words."
                            + "\n  Write at least one word: what would the model say at {mask} for this label?");
        }
        if (words.stream().anyMatch(String::isBlank)) {
            throw new ClozeException(
                    Problem.VERBALIZER_EMPTY_WORDS,
                    label + " has a blank label word.\n  Write a word, or take it out of the list.");
        }
    }

    /** Checks the tokens of one word and returns those that are scored. */
    static int[] tokens(String word, MultiTokenWords choice, LabelVocabulary vocabulary, boolean afterSpace) {
        List<Integer> ids = vocabulary.encodeWord(word, afterSpace);
        boolean unknown = vocabulary.unknownId().isPresent()
                && ids.contains(vocabulary.unknownId().getAsInt());
        if (ids.isEmpty() || unknown) {
            throw new ClozeException(
                    Problem.VERBALIZER_UNKNOWN_WORD,
                    quoted(word) + " is unknown to " + vocabulary.name() + ", whose vocabulary has no token for it."
                            + (ids.size() > 1 ? "\n  It would be " + spelled(ids, vocabulary) + "." : "")
                            + suggestion(word, vocabulary, afterSpace));
        }
        if (ids.size() > 1) {
            refusal(choice, vocabulary).ifPresent(reason -> {
                throw new ClozeException(
                        Problem.VERBALIZER_MULTI_TOKEN_WORD,
                        quoted(word) + " is " + ids.size() + " tokens of " + vocabulary.name() + ": "
                                + spelled(ids, vocabulary) + ".\n  " + reason
                                + suggestion(word, vocabulary, afterSpace));
            });
        }
        int scored = choice == MultiTokenWords.FIRST ? 1 : ids.size();
        return ids.stream().limit(scored).mapToInt(Integer::intValue).toArray();
    }

    /** Why a word of several tokens can't be scored, if it can't. */
    private static Optional<String> refusal(MultiTokenWords choice, LabelVocabulary vocabulary) {
        if (choice == MultiTokenWords.REJECT) {
            return Optional.of("The task allows one token a word (multiTokenWords = REJECT); JOINT would score all.");
        }
        return choice == MultiTokenWords.PARALLEL && vocabulary.isWritten()
                ? Optional.of(
                        "It writes one token after the other and can't be asked for all at once (multiTokenWords ="
                                + " PARALLEL); JOINT would score them as they are written.")
                : Optional.empty();
    }

    static String spelled(List<Integer> ids, LabelVocabulary vocabulary) {
        return ids.stream().map(vocabulary::token).collect(Collectors.joining(" "));
    }

    private static String suggestion(String word, LabelVocabulary vocabulary, boolean afterSpace) {
        List<String> near = vocabulary.nearestSingleTokenWords(word, afterSpace, SUGGESTIONS);
        return near.isEmpty() ? "" : "\n  One token each: \"" + String.join("\", \"", near) + "\".";
    }

    /** No two words may be the same to the model, in one label or in two. */
    static void distinct(List<LabelWord> words, List<?> labels, LabelVocabulary vocabulary) {
        Map<List<Integer>, LabelWord> seen = new HashMap<>();
        for (LabelWord word : words) {
            LabelWord other = seen.putIfAbsent(ids(word), word);
            if (other != null) {
                throw new ClozeException(Problem.VERBALIZER_DUPLICATE_WORD, duplicate(other, word, labels, vocabulary));
            }
        }
    }

    static List<Integer> ids(LabelWord word) {
        return Arrays.stream(word.tokens()).boxed().toList();
    }

    private static String duplicate(LabelWord first, LabelWord second, List<?> labels, LabelVocabulary vocabulary) {
        Object one = labels.get(first.label());
        Object other = labels.get(second.label());
        if (!first.text().equals(second.text())) {
            return quoted(first.text()) + " of " + one + " and " + quoted(second.text()) + " of " + other
                    + " are the same to " + vocabulary.name() + ": " + spelled(ids(second), vocabulary) + "."
                    + "\n  Its tokenizer makes them equal: keep one of them.";
        }
        return first.label() == second.label()
                ? quoted(second.text()) + " is written twice for " + one + "."
                        + "\n  It would count twice in the label's score: write it once."
                : quoted(second.text()) + " is a label word of both " + one + " and " + other + "."
                        + "\n  The model could not tell the two apart by it: leave it with one of them.";
    }

    private static String quoted(String word) {
        return "\"" + word + "\"";
    }
}
