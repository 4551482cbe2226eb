package dev.cloze.runtime.backbone.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.decoder.DecoderConfig.Rotary;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What transformers reads from the same config.json, to the last bit or the one before it. */
class RotaryReaderTest {

    record Case(String name, JsonObject config, JsonArray frequencies, double attentionFactor) {

        static Case of(JsonObject json) {
            return new Case(
                    json.get("name").getAsString(),
                    json.getAsJsonObject("config"),
                    json.getAsJsonArray("frequencies"),
                    json.get("attention_factor").getAsDouble());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException, URISyntaxException {
        Path file = Path.of(RotaryReaderTest.class
                .getResource("/parity-decoder/rotary.json")
                .toURI());
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        return json.getAsJsonArray("cases").asList().stream()
                .map(each -> Case.of(each.getAsJsonObject()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void frequenciesAndAttentionFactorsAreThoseOfTransformers(Case each) {
        Rotary rotary = new LlamaFamily().config(each.config()).rotary();
        assertThat(rotary.attentionFactor()).isCloseTo(each.attentionFactor(), within(1e-14));
        assertThat(rotary.frequencies()).hasSize(each.frequencies().size());
        for (int i = 0; i < rotary.frequencies().length; i++) {
            float expected = each.frequencies().get(i).getAsFloat();
            assertThat(rotary.frequencies()[i]).as("pair %d", i).isCloseTo(expected, within(2 * Math.ulp(expected)));
        }
    }
}
