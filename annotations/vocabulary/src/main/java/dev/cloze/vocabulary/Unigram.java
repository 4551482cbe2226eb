package dev.cloze.vocabulary;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * SentencePiece's unigram model: of all ways to cut a piece into tokens, the one whose log-probabilities add up highest
 * (Viterbi; Kudo, <a href="https://arxiv.org/abs/1804.10959">1804.10959</a>).
 *
 * @param scores log-probability by id
 * @param unknownScore what a character no token covers costs
 * @param longest length in chars of the longest token
 * @param unknown id for characters no token covers, or -1
 * @param byteFallback whether such characters are spelled in byte tokens where all of those exist
 */
record Unigram(
        Map<String, Integer> ids, double[] scores, double unknownScore, int longest, int unknown, boolean byteFallback)
        implements Model {

    @Override
    public void tokenize(String piece, List<Integer> out) {
        Path path = bestPath(piece);
        Deque<int[]> parts = new ArrayDeque<>(); // {start, end, id}
        for (int end = piece.length(); end > 0; end = path.start[end]) {
            int start = path.start[end];
            int[] next = parts.peekFirst();
            if (path.id[end] == unknown && next != null && next[2] == unknown) {
                next[0] = start; // neighbouring unknowns are one token
            } else {
                parts.addFirst(new int[] {start, end, path.id[end]});
            }
        }
        for (int[] part : parts) {
            if (part[2] == unknown) {
                addUnknown(piece.substring(part[0], part[1]), out);
            } else {
                out.add(part[2]);
            }
        }
    }

    /** By end position: the start, id and total score of the last token on the best path there. */
    private record Path(int[] start, int[] id, double[] score) {

        void offer(int from, int to, int token, double total) {
            if (start[to] < 0 || total > score[to]) {
                start[to] = from;
                id[to] = token;
                score[to] = total;
            }
        }
    }

    private Path bestPath(String piece) {
        int length = piece.length();
        Path path = new Path(new int[length + 1], new int[length + 1], new double[length + 1]);
        Arrays.fill(path.start, -1);
        for (int start = 0; start < length; start += Character.charCount(piece.codePointAt(start))) {
            int single = start + Character.charCount(piece.codePointAt(start));
            boolean singleKnown = false;
            for (int end = single; end <= Math.min(length, start + longest); end++) {
                Integer id = ids.get(piece.substring(start, end));
                if (id != null) {
                    path.offer(start, end, id, path.score[start] + scores[id]);
                    singleKnown |= end == single;
                }
            }
            if (!singleKnown) {
                path.offer(start, single, unknown, path.score[start] + unknownScore);
            }
        }
        return path;
    }

    private void addUnknown(String text, List<Integer> out) {
        if (byteFallback && ByteTokens.addAll(text, ids, out)) {
            return;
        }
        if (unknown >= 0) {
            out.add(unknown);
        }
    }

    @Override
    public OptionalInt unknownId() {
        return unknown < 0 ? OptionalInt.empty() : OptionalInt.of(unknown);
    }
}
