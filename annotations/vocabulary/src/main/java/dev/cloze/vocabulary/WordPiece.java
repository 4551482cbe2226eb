package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Greedy longest match from the left, as in BERT; a word that cannot be covered is one unknown token. */
record WordPiece(Map<String, Integer> ids, int unknown, String continuation, int longestWord, int longestToken)
        implements Model {

    @Override
    public void tokenize(String piece, List<Integer> out) {
        List<Integer> found = new ArrayList<>();
        int start = 0;
        boolean covered = piece.codePointCount(0, piece.length()) <= longestWord;
        while (covered && start < piece.length()) {
            int end = longestMatch(piece, start, found);
            covered = end > start;
            start = end;
        }
        if (covered) {
            out.addAll(found);
        } else {
            out.add(unknown);
        }
    }

    /** Appends the id of the longest token from start on and returns its end, or start if there is none. */
    private int longestMatch(String piece, int start, List<Integer> found) {
        for (int end = Math.min(piece.length(), start + longestToken); end > start; end--) {
            String part = piece.substring(start, end);
            Integer id = ids.get(start == 0 ? part : continuation + part);
            if (id != null) {
                found.add(id);
                return end;
            }
        }
        return start;
    }

    @Override
    public OptionalInt unknownId() {
        return OptionalInt.of(unknown);
    }
}
