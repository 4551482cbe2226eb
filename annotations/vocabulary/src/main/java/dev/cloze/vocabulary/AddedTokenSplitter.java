package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Cuts added tokens out of a text as the library does: the leftmost first, of several there the longest. */
final class AddedTokenSplitter {

    /** What is between two added tokens. */
    interface Between {
        void accept(String text, boolean first);
    }

    private static final Comparator<AddedToken> LONGEST_FIRST =
            Comparator.comparingInt(token -> -token.content().length());

    private final Map<Character, List<AddedToken>> byFirst = new HashMap<>();

    AddedTokenSplitter(List<AddedToken> tokens) {
        tokens.stream()
                .filter(token -> !token.content().isEmpty())
                .sorted(LONGEST_FIRST)
                .forEach(token -> byFirst.computeIfAbsent(token.content().charAt(0), c -> new ArrayList<>())
                        .add(token));
    }

    /**
     * Goes through the text from left to right.
     *
     * @param first whether the text begins where the whole one does
     */
    void split(String text, boolean first, Between between, IntConsumer token) {
        int done = 0;
        int at = 0;
        while (at < text.length() && !byFirst.isEmpty()) {
            AddedToken found = find(text, at);
            if (found == null) {
                at++;
                continue;
            }
            int end = at + found.content().length();
            if (found.singleWord() && !standsAlone(text, at, end)) {
                at = end; // the library looks for nothing inside it either
                continue;
            }
            int start = found.leftSpace() ? Math.max(done, beforeSpace(text, at)) : at;
            end = found.rightSpace() ? behindSpace(text, end) : end;
            if (start > done) {
                between.accept(text.substring(done, start), first && done == 0);
            }
            token.accept(found.id());
            done = end;
            at = end;
        }
        if (done < text.length()) {
            between.accept(text.substring(done), first && done == 0);
        }
    }

    private @Nullable AddedToken find(String text, int at) {
        for (AddedToken token : byFirst.getOrDefault(text.charAt(at), List.of())) {
            if (text.startsWith(token.content(), at)) {
                return token;
            }
        }
        return null;
    }

    private static boolean standsAlone(String text, int start, int end) {
        return (start == 0 || !Characters.isWord(text.codePointBefore(start)))
                && (end == text.length() || !Characters.isWord(text.codePointAt(end)));
    }

    // All white space is in Unicode's first plane: one char each.

    private static int beforeSpace(String text, int at) {
        int start = at;
        while (start > 0 && Characters.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int behindSpace(String text, int at) {
        int end = at;
        while (end < text.length() && Characters.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
