package dev.cloze.processor.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The longest input is the one that the runtime lets through. */
class ModelConfigTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'model_type': 'bert', 'max_position_embeddings': 512}; 512",
                "{'model_type': 'roberta', 'max_position_embeddings': 514, 'pad_token_id': 1}; 512",
                "{'model_type': 'gpt2', 'n_positions': 1024}; 1024",
                "{'model_type': 'gpt2', 'max_position_embeddings': 96}; 96",
                "{'model_type': 't5'}; 512",
                "{'model_type': 'mistral', 'max_position_embeddings': 32768, 'sliding_window': 64}; 64",
                "{'model_type': 'mistral', 'max_position_embeddings': 32768, 'sliding_window': null}; 32768",
                "{'model_type': 'mistral', 'max_position_embeddings': 32768}; 4096",
                "{'model_type': 'qwen2', 'max_position_embeddings': 32768, 'sliding_window': 64}; 32768",
                "{'model_type': 'qwen3', 'max_position_embeddings': 32768, 'sliding_window': 64,"
                        + " 'use_sliding_window': true}; 64"
            })
    void theLongestInputFollowsFromTheConfiguration(String config, int longest) {
        ModelConfig read = ModelConfig.read(new StringReader(config.replace('\'', '"')));
        assertThat(read.longestInput()).hasValue(longest);
    }
}
