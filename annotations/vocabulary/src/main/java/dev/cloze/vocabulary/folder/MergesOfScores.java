package dev.cloze.vocabulary.folder;

import com.google.gson.JsonArray;
import dev.cloze.vocabulary.folder.SentencePieceFamily.Token;
import dev.cloze.vocabulary.folder.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The merges that a byte-pair SentencePiece model leaves unwritten.
 *
 * <p>SentencePiece merges whatever two neighbours make the token of the highest score; so each way to cut a token into
 * two others is a merge of its rank. The order among equals is that of {@code generate_merges} in transformers'
 * {@code convert_slow_tokenizer.py}.
 */
final class MergesOfScores {

    private MergesOfScores() {}

    /** Lengths are in code points. */
    private record Merge(String left, String right, double score, int leftLength, int rightLength) {}

    private static final Comparator<Merge> FIRST_TO_LAST = Comparator.comparingDouble(Merge::score)
            .thenComparingInt(Merge::leftLength)
            .thenComparingInt(Merge::rightLength)
            .reversed();

    static JsonArray of(List<Piece> pieces, List<Token> tokens) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < pieces.size(); id++) {
            ids.put(pieces.get(id).text(), id);
        }
        List<Merge> merges = new ArrayList<>();
        for (Token token : tokens) {
            merges.addAll(cuts(token, ids));
        }
        merges.sort(FIRST_TO_LAST); // stable, as Python's
        JsonArray written = new JsonArray(merges.size());
        for (Merge merge : merges) {
            JsonArray pair = new JsonArray(2);
            pair.add(merge.left);
            pair.add(merge.right);
            written.add(pair);
        }
        return written;
    }

    /** The ways to cut the token into two, by the ids of the two. */
    private static List<Merge> cuts(Token token, Map<String, Integer> ids) {
        List<Merge> cuts = new ArrayList<>();
        String text = token.text();
        int length = text.codePointCount(0, text.length());
        int before = 1;
        for (int cut = text.offsetByCodePoints(0, 1); cut < text.length(); cut = text.offsetByCodePoints(cut, 1)) {
            String left = text.substring(0, cut);
            String right = text.substring(cut);
            if (ids.containsKey(left) && ids.containsKey(right)) {
                cuts.add(new Merge(left, right, token.score(), before, length - before));
            }
            before++;
        }
        cuts.sort(Comparator.<Merge>comparingInt(merge -> ids.get(merge.left))
                .thenComparingInt(merge -> ids.get(merge.right)));
        return cuts;
    }
}
