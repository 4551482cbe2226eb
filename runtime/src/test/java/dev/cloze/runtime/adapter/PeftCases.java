package dev.cloze.runtime.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What PEFT saved and computed, see {@code peft_adapters.py}. */
public final class PeftCases {

    /** One text: its tokens, where it is asked, and what the model says there; what it writes, and says before the first two. */
    public record Row(int[] ids, int place, float[][] logits, int[] tokens) {}

    /** An adapter of a version, of a model of the fixtures. */
    public record Case(String version, String adapter, String model, int task, List<Row> rows) {

        public Path folder() {
            return TinyBackbones.folder("peft/" + version + "/" + adapter);
        }

        @Override
        public String toString() {
            return version + " " + adapter;
        }
    }

    private PeftCases() {}

    public static Stream<Case> all() {
        return Stream.of("peft-0.21", "peft-0.10").flatMap(PeftCases::of);
    }

    private static Stream<Case> of(String version) {
        try {
            Path file = TinyBackbones.folder("peft/" + version + "/expected.json");
            JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            List<Case> cases = new ArrayList<>();
            json.getAsJsonArray("cases").forEach(each -> {
                Case read = Objects.requireNonNull(new Gson().fromJson(each, Case.class));
                cases.add(new Case(version, read.adapter(), read.model(), read.task(), read.rows()));
            });
            return cases.stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
