package dev.cloze.runtime.generation;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Blocked;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Which tokens may not come next: forbidden ones and ends that are too early everywhere, repetitions in one row. */
final class Blocking {

    /** What SentencePiece has in place of a space, before the first letter of a text too. */
    private static final String MARK = "\u2581";

    /** No word has this letter, of private use, and no token goes on from it. */
    private static final String OTHER = "\uE000";

    private final int minTokens;
    private final int ngram;
    private final int[] always;
    private final int[] alwaysAndEnds;
    private final List<int[]> phrases;

    private Blocking(int minTokens, int ngram, SortedSet<Integer> tokens, int[] ends, List<int[]> phrases) {
        this.minTokens = minTokens;
        this.ngram = ngram;
        this.always = array(tokens);
        SortedSet<Integer> withEnds = new TreeSet<>(tokens);
        Arrays.stream(ends).forEach(withEnds::add);
        this.alwaysAndEnds = array(withEnds);
        this.phrases = phrases;
    }

    private static int[] array(SortedSet<Integer> tokens) {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * What the options block.
     *
     * @param ends tokens that end a text
     * @param vocabulary how many tokens the model knows
     */
    static Blocking of(GenerationOptions options, Tokenizer tokenizer, int[] ends, int vocabulary) {
        SortedSet<Integer> tokens = new TreeSet<>(options.forbiddenTokens());
        if (!tokens.isEmpty() && tokens.last() >= vocabulary) {
            throw new ClozeException(
                    Problem.GENERATION_OPTION_OUT_OF_RANGE,
                    "The token " + tokens.last() + " can't be forbidden, as the model knows only the tokens 0 to "
                            + (vocabulary - 1)
                            + ".\n  Give GenerationOptions.withForbiddenTokens(...) numbers of these.");
        }
        Map<List<Integer>, int[]> phrases = new LinkedHashMap<>();
        for (String word : options.forbidden()) {
            tokenizer.specialId(word).ifPresent(tokens::add);
            for (int[] ids : spellings(word, tokenizer)) {
                if (ids.length == 1) {
                    tokens.add(ids[0]);
                } else if (ids.length > 1) {
                    phrases.put(Arrays.stream(ids).boxed().toList(), ids);
                }
            }
        }
        return new Blocking(
                options.minTokens(), options.noRepeatNgram(), tokens, ends, new ArrayList<>(phrases.values()));
    }

    /** The tokens of a word behind other letters and behind a space; T5's tokenizer has the space before whatever it reads. */
    private static List<int[]> spellings(String word, Tokenizer tokenizer) {
        int[] behindSpace = tokenizer.encode(" " + word, false);
        int[] alone = tokenizer.encode(word, false);
        boolean marked = alone.length > 0 && tokenizer.token(alone[0]).startsWith(MARK);
        return List.of(
                marked && Arrays.equals(alone, behindSpace) ? behindLetter(word, tokenizer) : alone, behindSpace);
    }

    private static int[] behindLetter(String word, Tokenizer tokenizer) {
        int[] letter = tokenizer.encode(OTHER, false);
        int[] both = tokenizer.encode(OTHER + word, false);
        boolean apart = both.length >= letter.length && Arrays.equals(both, 0, letter.length, letter, 0, letter.length);
        return apart ? Arrays.copyOfRange(both, letter.length, both.length) : new int[0];
    }

    /** Whether what is blocked depends on what a row has written. */
    boolean dependsOnText() {
        return ngram > 0 || !phrases.isEmpty();
    }

    /**
     * What is blocked now.
     *
     * @param written how many tokens all rows have written
     * @param rows how many rows there are
     * @param texts all tokens that stand before a row's next one; null for a row that doesn't matter. Asked only if it
     *     {@link #dependsOnText}
     */
    Blocked now(int written, int rows, IntFunction<int @Nullable []> texts) {
        int[] everywhere = written < minTokens ? alwaysAndEnds : always;
        if (!dependsOnText()) {
            return everywhere.length == 0 ? Blocked.NOTHING : new Blocked(everywhere, new int[0], new int[0]);
        }
        IntList places = new IntList();
        IntList tokens = new IntList();
        for (int r = 0; r < rows; r++) {
            int[] text = texts.apply(r);
            if (text != null) {
                int before = tokens.size();
                addRepetitions(text, tokens);
                addPhrases(text, tokens);
                for (int i = before; i < tokens.size(); i++) {
                    places.add(r);
                }
            }
        }
        return new Blocked(everywhere, places.toArray(), tokens.toArray());
    }

    /** The tokens that would repeat an n-gram: those that followed the last n - 1 tokens before. */
    private void addRepetitions(int[] text, IntList to) {
        int known = ngram - 1;
        if (ngram == 0 || text.length < known) {
            return;
        }
        for (int at = 0; at + known < text.length; at++) {
            if (same(text, at, text, text.length - known, known)) {
                to.add(text[at + known]);
            }
        }
    }

    /** The last tokens of phrases whose others have just been written. */
    private void addPhrases(int[] text, IntList to) {
        for (int[] phrase : phrases) {
            int known = phrase.length - 1;
            if (text.length >= known && same(text, text.length - known, phrase, 0, known)) {
                to.add(phrase[known]);
            }
        }
    }

    private static boolean same(int[] one, int oneFrom, int[] other, int otherFrom, int length) {
        return Arrays.equals(one, oneFrom, oneFrom + length, other, otherFrom, otherFrom + length);
    }
}
