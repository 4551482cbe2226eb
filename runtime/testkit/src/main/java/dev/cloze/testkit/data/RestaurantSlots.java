package dev.cloze.testkit.data;

import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.data.Word;
import dev.cloze.runtime.data.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the E2E data (Novikova et al. 2017) with the values of their meaning representations as spans: each value at the first
 * place where it stands in the same words, of whole words, the longer before the shorter. A text of which a name is not found is left
 * out: it spells it in another way, and would teach that it is none.
 *
 * @param folder with {@code devset.csv.gz} and {@code testset_w_refs.csv.gz}
 */
public record RestaurantSlots(Path folder) {

    private static final Pattern VALUE = Pattern.compile("(\\w+(?: \\w+)?)\\[([^\\]]*)\\]");

    /** Those in the data sets' folder, see {@link SharedFolder}. */
    public static RestaurantSlots in(Path data) {
        return new RestaurantSlots(data.resolve("e2e"));
    }

    /** Texts of the development set, whose restaurants are not those of the test set. */
    public List<Extracted<RestaurantText, RestaurantSlot>> train() {
        return read("devset.csv.gz");
    }

    /** Texts of the test set, the first for each of its meanings. */
    public List<Extracted<RestaurantText, RestaurantSlot>> test() {
        return read("testset_w_refs.csv.gz");
    }

    /** The first text of each meaning representation that has all names. */
    private List<Extracted<RestaurantText, RestaurantSlot>> read(String file) {
        Map<String, Extracted<RestaurantText, RestaurantSlot>> first = new TreeMap<>();
        for (DataRow row : DataFile.of(folder.resolve(file)).csv()) {
            example(row.get("mr"), row.get("ref")).ifPresent(one -> first.putIfAbsent(row.get("mr"), one));
        }
        return List.copyOf(first.values());
    }

    private record Value(RestaurantSlot slot, String text) {}

    static Optional<Extracted<RestaurantText, RestaurantSlot>> example(String meaning, String text) {
        List<Value> values = new ArrayList<>();
        Matcher written = VALUE.matcher(meaning);
        while (written.find()) {
            for (RestaurantSlot slot : RestaurantSlot.values()) {
                if (slot.attribute().equals(written.group(1))) {
                    values.add(new Value(slot, written.group(2)));
                }
            }
        }
        values.sort(
                Comparator.comparingInt((Value value) -> value.text().length()).reversed());
        List<Word> words = Words.of(text);
        List<Span<RestaurantSlot>> spans = new ArrayList<>();
        for (Value value : values) {
            Span<RestaurantSlot> span = find(value, text, words, spans);
            if (span != null) {
                spans.add(span);
            } else if (value.slot() == RestaurantSlot.NAME || value.slot() == RestaurantSlot.NEAR) {
                return Optional.empty();
            }
        }
        spans.sort(Comparator.comparingInt(Span::start));
        return Optional.of(new Extracted<>(new RestaurantText(text), spans));
    }

    private static @Nullable Span<RestaurantSlot> find(
            Value value, String text, List<Word> words, List<Span<RestaurantSlot>> taken) {
        for (int at = text.indexOf(value.text()); at >= 0; at = text.indexOf(value.text(), at + 1)) {
            int start = at;
            int end = at + value.text().length();
            boolean whole = words.stream().anyMatch(word -> word.start() == start)
                    && words.stream().anyMatch(word -> word.end() == end);
            if (whole && taken.stream().noneMatch(other -> other.start() < end && start < other.end())) {
                return new Span<>(start, end, value.slot());
            }
        }
        return null;
    }
}
