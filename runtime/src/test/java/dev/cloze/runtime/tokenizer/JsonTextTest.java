package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":{},\"b\":[[],{}],\"c\":null}",
                "{\"vocab\":{\"Ġ\\\"\":1,\"\\\\\":2,\"\":3},\"merges\":[\"a b\",[\"c\",\"d\"]]}",
                "[1,-2.5,1.0e-7,-13.815510749816895,true,false,null,12345678901234567890]"
            })
    void whatIsWrittenIsAsItWasRead(String json) {
        assertThat(JsonText.of(JsonParser.parseString(json))).isEqualTo(json);
    }

    @Test
    void everyCharacterOfAStringSurvives() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < Character.MIN_SURROGATE; c++) {
            all.append(c);
        }
        JsonElement string = new JsonPrimitive(all.append("🙂").toString());
        assertThat(JsonParser.parseString(JsonText.of(string))).isEqualTo(string);
    }
}
