package dev.cloze.cli.task;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.data.DataRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What is right for records, where it is no label: numbers, words, texts, or spans as {@code predict} writes them.
 *
 * @param column where it stands
 * @param input a record as templates read it
 */
record RightAnswers(List<DataRow> rows, String column, UnaryOperator<DataRow> input) {

    private static final int SHOWN_LETTERS = 60;

    /** Numbers of a scale. */
    List<Rated<DataRow>> numbers() {
        return rows.stream()
                .map(row -> new Rated<>(input.apply(row), row.number(column)))
                .toList();
    }

    /** The words of gaps. */
    List<Answered<DataRow>> words() {
        return each((row, value) -> new Answered<>(input.apply(row), value.strip()));
    }

    /** Texts to be written. */
    List<TextPair<DataRow>> texts() {
        return each((row, value) -> new TextPair<>(input.apply(row), value));
    }

    /** Labelled parts of a text. */
    List<Extracted<DataRow, String>> spans() {
        return each((row, value) -> new Extracted<>(input.apply(row), spans(row, value)));
    }

    private <T> List<T> each(BiFunction<DataRow, String, T> example) {
        List<T> examples = new ArrayList<>();
        rows.forEach(row -> examples.add(example.apply(row, row.get(column))));
        return examples;
    }

    private List<Span<String>> spans(DataRow row, String value) {
        List<Span<String>> spans = new ArrayList<>();
        try {
            JsonArray array =
                    JsonParser.parseString(value.isBlank() ? "[]" : value).getAsJsonArray();
            for (JsonElement each : array) {
                JsonObject span = each.getAsJsonObject();
                spans.add(new Span<>(
                        span.getAsJsonPrimitive("start").getAsInt(),
                        span.getAsJsonPrimitive("end").getAsInt(),
                        span.getAsJsonPrimitive("label").getAsString()));
            }
        } catch (JsonParseException
                | IllegalStateException
                | NumberFormatException
                | ClassCastException
                | NullPointerException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "Line " + row.line() + " of " + row.file().getFileName() + " has \""
                            + ShortText.of(value, SHOWN_LETTERS) + "\" in \"" + column
                            + "\", which is no list of spans.\n  Write them as predict does: [{\"start\": 0, \"end\": 4,"
                            + " \"label\": \"NAME\"}], or name the column that has them: --label-column.\n  The file is "
                            + row.file() + ".",
                    e);
        }
        return spans;
    }
}
