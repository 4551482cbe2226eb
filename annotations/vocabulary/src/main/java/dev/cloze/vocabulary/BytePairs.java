package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding: a piece starts as single characters, and the pair learned earliest is merged first (Sennrich et
 * al., <a href="https://arxiv.org/abs/1508.07909">1508.07909</a>).
 *
 * @param merges by pair of ids ({@link #pair})
 * @param continuation what a token that does not begin a word is written with, usually nothing
 * @param wordEnd what a token that ends a word is written with, usually nothing
 * @param ignoreMerges whether a piece that is a token as a whole is taken as it is
 */
record BytePairs(
        Map<String, Integer> ids,
        Map<Long, Merge> merges,
        @Nullable Integer unknown,
        boolean fuseUnknown,
        boolean byteFallback,
        boolean ignoreMerges,
        String continuation,
        String wordEnd)
        implements Model {

    /** The earlier a merge was learned the lower its rank; the pair becomes one token. */
    record Merge(int rank, int token) {}

    private record Candidate(Merge merge, int left) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byRank = Integer.compare(merge.rank, other.merge.rank);
            return byRank != 0 ? byRank : Integer.compare(left, other.left);
        }
    }

    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    @Override
    public void tokenize(String piece, List<Integer> out) {
        Integer whole = ignoreMerges ? ids.get(piece) : null;
        if (whole != null) {
            out.add(whole);
        } else {
            merge(characters(piece), out);
        }
    }

    private List<Integer> characters(String piece) {
        List<Integer> symbols = new ArrayList<>(piece.length());
        boolean pending = false; // an unknown not yet written, so that a following one can be fused with it
        for (int i = 0; i < piece.length(); ) {
            int next = i + Character.charCount(piece.codePointAt(i));
            String symbol =
                    (i == 0 ? "" : continuation) + piece.substring(i, next) + (next == piece.length() ? wordEnd : "");
            Integer id = ids.get(symbol);
            if (id != null) {
                pending = flush(pending, symbols);
                symbols.add(id);
            } else if (!byteFallback || !ByteTokens.addAll(symbol, ids, symbols)) {
                if (!fuseUnknown) {
                    flush(pending, symbols);
                }
                pending = unknown != null;
            }
            i = next;
        }
        flush(pending, symbols);
        return symbols;
    }

    private boolean flush(boolean pending, List<Integer> symbols) {
        if (pending && unknown != null) {
            symbols.add(unknown);
        }
        return false;
    }

    /** Merges within a doubly linked list, the best candidate from a queue, so long pieces stay cheap. */
    private void merge(List<Integer> symbols, List<Integer> out) {
        int count = symbols.size();
        int[] token = symbols.stream().mapToInt(Integer::intValue).toArray();
        int[] before = new int[count];
        int[] after = new int[count];
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        for (int i = 0; i < count; i++) {
            before[i] = i - 1;
            after[i] = i + 1;
            offer(queue, token, i, i + 1);
        }
        while (!queue.isEmpty()) {
            Candidate best = queue.remove();
            int left = best.left;
            int right = after[left];
            if (token[left] < 0 || right >= count || !isStill(best, token[left], token[right])) {
                continue;
            }
            token[left] = best.merge.token;
            token[right] = -1;
            after[left] = after[right];
            if (after[left] < count) {
                before[after[left]] = left;
            }
            offer(queue, token, before[left], left);
            offer(queue, token, left, after[left]);
        }
        for (int id : token) {
            if (id >= 0) {
                out.add(id);
            }
        }
    }

    private void offer(PriorityQueue<Candidate> queue, int[] token, int left, int right) {
        if (left >= 0 && right < token.length) {
            Merge merge = merges.get(pair(token[left], token[right]));
            if (merge != null) {
                queue.add(new Candidate(merge, left));
            }
        }
    }

    private boolean isStill(Candidate candidate, int left, int right) {
        Merge merge = merges.get(pair(left, right));
        return merge != null && merge.token == candidate.merge.token;
    }

    @Override
    public OptionalInt unknownId() {
        return unknown == null ? OptionalInt.empty() : OptionalInt.of(unknown);
    }
}
