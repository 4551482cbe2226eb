package dev.cloze.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.comparison.ComparedMethod;
import dev.cloze.runtime.comparison.ComparisonResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonJsonTest {

    @Test
    void whatDivergedIsNoNumber() {
        String printed = ComparisonJson.of(new ComparisonResult(
                16,
                List.of(13L, 21L),
                100,
                List.of(method("A", Double.NaN, Double.NaN), method("B", 0.75, Double.NaN)),
                method("commonest label", 0.5, 0.5)));

        assertThat(printed).doesNotContain("NaN");
        JsonObject json = JsonParser.parseString(printed).getAsJsonObject();
        assertThat(json.get("k").getAsInt()).isEqualTo(16);
        assertThat(json.getAsJsonArray("seeds").toString()).isEqualTo("[13,21]");
        JsonObject first = json.getAsJsonArray("methods").get(0).getAsJsonObject();
        assertThat(first.get("name").getAsString()).isEqualTo("B");
        assertThat(first.get("mean").getAsDouble()).isEqualTo(0.75);
        assertThat(first.getAsJsonArray("test").toString()).isEqualTo("[0.75,null]");
        assertThat(first.getAsJsonArray("macroF1").toString()).isEqualTo("[0.75,null]");
        JsonObject second = json.getAsJsonArray("methods").get(1).getAsJsonObject();
        assertThat(second.has("mean")).isFalse();
        assertThat(second.getAsJsonArray("test").toString()).isEqualTo("[null,null]");
        assertThat(json.getAsJsonObject("commonestLabel").get("mean").getAsDouble())
                .isEqualTo(0.5);
    }

    private static ComparedMethod method(String name, double first, double second) {
        List<Double> both = List.of(first, second);
        return new ComparedMethod(name, null, both, both, both, 1);
    }
}
