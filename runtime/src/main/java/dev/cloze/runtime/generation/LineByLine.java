package dev.cloze.runtime.generation;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.backbone.Blocked;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.TokenChoices;
import dev.cloze.runtime.backbone.TokenDrawing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Greedy search and sampling: each line takes one token at a time, by itself. */
final class LineByLine {

    private final Writing writing;
    private final Decoding decoding;
    private final int most;

    /** All lines of each prompt, and those of them that are not finished. */
    private final List<List<Line>> all = new ArrayList<>();

    private List<List<Line>> open = new ArrayList<>();

    private LineByLine(Writing writing, Decoding decoding, int most) {
        this.writing = writing;
        this.decoding = decoding;
        this.most = most;
    }

    /**
     * Writes after each prompt of the batch.
     *
     * @param decoding with a row for each of them
     * @param tokens of each
     * @param before the tokens before each one's first
     */
    static void write(Writing writing, PromptBatch batch, Decoding decoding, List<int[]> tokens, List<int[]> before) {
        LineByLine search = new LineByLine(writing, decoding, batch.most());
        for (int row = 0; row < tokens.size(); row++) {
            List<Line> lines = new ArrayList<>();
            for (int s = 0; s < writing.options().sequences(); s++) {
                Line line = new Line(writing, batch.prompts()[row], tokens.get(row), before.get(row), s);
                line.row = row;
                lines.add(line);
            }
            search.all.add(lines);
            search.open.add(lines);
        }
        search.run();
    }

    private void run() {
        for (int written = 0; ; written++) {
            FinishReason interrupted = writing.interruption().reason();
            if (interrupted != null) {
                open.forEach(lines -> finish(lines.get(0).prompt(), interrupted));
                return;
            }
            choose(written);
            closeFinished();
            if (open.isEmpty()) {
                return;
            }
            advance();
        }
    }

    private void choose(int written) {
        List<Line> lines = open.stream().flatMap(List::stream).toList();
        Blocked blocked =
                writing.blocking().now(written, lines.size(), i -> lines.get(i).context());
        TokenChoices choices = choices(lines, blocked);
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).add(choices.tokens()[i], choices.logProbabilities()[i], most);
        }
    }

    /** Greedy search has one line a prompt, so that lines and rows are the same. */
    private TokenChoices choices(List<Line> lines, Blocked blocked) {
        double temperature = writing.options().temperature();
        if (temperature == 0) {
            return writing.selection().likeliest(decoding, blocked);
        }
        TokenDrawing drawing = new TokenDrawing(
                temperature, writing.options().topK(), writing.options().topP());
        int[] rows = lines.stream().mapToInt(line -> line.row).toArray();
        double[] shares = lines.stream().mapToDouble(Line::share).toArray();
        return writing.selection().drawn(decoding, rows, blocked, drawing, shares);
    }

    private void closeFinished() {
        List<List<Line>> left = new ArrayList<>();
        for (List<Line> lines : open) {
            List<Line> unfinished =
                    lines.stream().filter(line -> !line.isFinished()).toList();
            if (unfinished.isEmpty()) {
                finish(lines.get(0).prompt(), FinishReason.MAX_TOKENS);
            } else {
                left.add(unfinished);
            }
        }
        open = left;
    }

    private void finish(int prompt, FinishReason reason) {
        for (List<Line> lines : all) {
            if (lines.get(0).prompt() == prompt) {
                List<Generated> texts =
                        lines.stream().map(line -> line.end(reason)).toList();
                writing.results().set(prompt, texts);
                if (lines.size() > 1) {
                    writing.tellWhole(prompt, texts.get(0).text());
                }
            }
        }
    }

    /** Every prompt has as many rows as the one with the most open lines; what is missing repeats a line and is ignored. */
    private void advance() {
        int width = open.stream().mapToInt(List::size).max().orElseThrow();
        int[] parents = new int[open.size() * width];
        int[] tokens = new int[parents.length];
        int row = 0;
        for (List<Line> lines : open) {
            int first = row;
            for (Line line : lines) {
                parents[row] = line.row;
                tokens[row] = line.last();
                line.row = row++;
            }
            Arrays.fill(parents, row, first + width, parents[first]);
            Arrays.fill(tokens, row, first + width, tokens[first]);
            row = first + width;
        }
        decoding.advance(parents, tokens);
    }
}
