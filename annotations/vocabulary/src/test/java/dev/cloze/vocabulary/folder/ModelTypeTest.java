package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTypeTest {

    @ParameterizedTest
    @CsvSource({
        "BertForMaskedLM, bert",
        "RobertaForMaskedLM, roberta",
        "XLMRobertaForMaskedLM, xlm-roberta",
        "CamembertForMaskedLM, camembert",
        "AlbertForMaskedLM, albert",
        "DistilBertForMaskedLM, distilbert",
        "GPT2LMHeadModel, gpt2",
        "LlamaForCausalLM, llama",
        "Qwen2ForCausalLM, qwen2",
        "Qwen3ForCausalLM, qwen3",
        "MistralForCausalLM, mistral",
        "T5ForConditionalGeneration, t5",
        "T5WithLMHeadModel, t5",
        "MT5ForConditionalGeneration, mt5",
        "UMT5ForConditionalGeneration, umt5",
        "BertModel, bert",
        "DebertaV2ForMaskedLM, debertav2"
    })
    void architecturesSayTheTypeWhereNothingElseDoes(String architecture, String type) {
        assertThat(of("{\"architectures\": [\"" + architecture + "\"]}")).isEqualTo(type);
        assertThat(of("{\"model_type\": \"rwkv\", \"architectures\": [\"" + architecture + "\"]}"))
                .isEqualTo("rwkv");
    }

    @Test
    void nothingIsSaidByAFileThatSaysNothing() {
        for (String json : new String[] {
            "{}",
            "{\"architectures\": []}",
            "{\"architectures\": null}",
            "{\"architectures\": [3]}",
            "{\"model_type\": \"\"}",
            "{\"model_type\": 3}",
            "{\"architectures\": [\"Something\"]}"
        }) {
            assertThat(of(json)).as(json).isEmpty();
        }
    }

    private static String of(String json) {
        return ModelType.of(JsonParser.parseString(json).getAsJsonObject()).orElse("");
    }
}
