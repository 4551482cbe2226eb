package dev.cloze.benchmarks.tabletotext;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.data.DataFile;
import dev.cloze.runtime.data.DataRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Facts with the texts that tell them.
 *
 * @param train to learn from
 * @param test of other facts, some of them, evenly through the file; each with all its texts
 */
record FactTexts(String name, List<TextPair<Facts>> train, List<TextPair<Facts>> test) {

    private static final int TESTED = 100;

    /** Both data sets in their folder, see {@link dev.cloze.testkit.data.SharedFolder}. */
    static List<FactTexts> all(Path data) throws IOException {
        return List.of(e2e(data.resolve("e2e")), webNlg(data.resolve("webnlg2017")));
    }

    /** Of E2E (Novikova et al. 2017) the development set is learnt from, whose meanings are not those of the test set. */
    private static FactTexts e2e(Path folder) {
        return new FactTexts(
                "E2E", csv(folder.resolve("devset.csv.gz")), some(csv(folder.resolve("testset_w_refs.csv.gz"))));
    }

    private static List<TextPair<Facts>> csv(Path file) {
        List<TextPair<Facts>> pairs = new ArrayList<>();
        for (DataRow row : DataFile.of(file).csv()) {
            pairs.add(new TextPair<>(new Facts(row.get("mr")), row.get("ref")));
        }
        return pairs;
    }

    /** Of WebNLG 2017 (Gardent et al.) meanings of one to three triples are learnt from. */
    private static FactTexts webNlg(Path folder) throws IOException {
        return new FactTexts(
                "WebNLG",
                jsonLines(folder.resolve("train_1to3triples.jsonl.gz")),
                some(jsonLines(folder.resolve("test.jsonl.gz"))));
    }

    private static List<TextPair<Facts>> jsonLines(Path file) throws IOException {
        List<TextPair<Facts>> pairs = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                JsonObject one = JsonParser.parseString(line).getAsJsonObject();
                Facts facts = new Facts(one.getAsJsonArray("triples").asList().stream()
                        .map(JsonElement::getAsString)
                        .collect(Collectors.joining("; ")));
                one.getAsJsonArray("refs").forEach(text -> pairs.add(new TextPair<>(facts, text.getAsString())));
            }
        }
        return pairs;
    }

    private static List<TextPair<Facts>> some(List<TextPair<Facts>> all) {
        Map<Facts, List<TextPair<Facts>>> byFacts = new LinkedHashMap<>();
        all.forEach(pair -> byFacts.computeIfAbsent(pair.input(), facts -> new ArrayList<>())
                .add(pair));
        List<List<TextPair<Facts>>> each = List.copyOf(byFacts.values());
        List<TextPair<Facts>> some = new ArrayList<>();
        for (int i = 0; i < Math.min(TESTED, each.size()); i++) {
            some.addAll(each.get((int) ((long) i * each.size() / Math.min(TESTED, each.size()))));
        }
        return some;
    }
}
