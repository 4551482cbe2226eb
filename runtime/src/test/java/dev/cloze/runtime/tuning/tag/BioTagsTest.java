package dev.cloze.runtime.tuning.tag;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.data.Words;
import dev.cloze.runtime.tuning.LabeledSpan;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tags as seqeval reads them: {@code metric/spans.json}, which {@code span_goldens.py} wrote. */
class BioTagsTest {

    @Test
    void anyTagsAreReadAsSeqevalReadsThem() throws IOException {
        JsonArray sequences = goldens().getAsJsonArray("sequences");
        assertThat(sequences).hasSizeGreaterThan(50);
        for (JsonElement each : sequences) {
            int[] tags = ints(each.getAsJsonObject().getAsJsonArray("tags"));
            List<BioTags.Chunk> expected = each.getAsJsonObject().getAsJsonArray("chunks").asList().stream()
                    .map(chunk -> ints(chunk.getAsJsonArray()))
                    .map(chunk -> new BioTags.Chunk(chunk[0], chunk[1], chunk[2]))
                    .toList();
            assertThat(BioTags.chunks(tags)).as("%s", each).isEqualTo(expected);
        }
    }

    @Test
    void spansAreTaggedByTheirWords() {
        String text = "The Golden Fork, Alma";
        List<LabeledSpan> spans = List.of(new LabeledSpan(0, 15, 1), new LabeledSpan(17, 21, 0));
        int[] tags = BioTags.of(Words.of(text), spans);
        assertThat(tags).containsExactly(3, 4, 4, 0, 1);
        assertThat(BioTags.chunks(tags)).containsExactly(new BioTags.Chunk(0, 3, 1), new BioTags.Chunk(4, 5, 0));
        assertThat(BioTags.count(2)).isEqualTo(5);
    }

    private static int[] ints(JsonArray array) {
        return IntStream.range(0, array.size())
                .map(i -> array.get(i).getAsInt())
                .toArray();
    }

    private static JsonObject goldens() throws IOException {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(BioTagsTest.class.getResourceAsStream("/metric/spans.json")),
                StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        }
    }
}
