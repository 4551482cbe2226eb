package dev.cloze.runtime.checkpoint.folder;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.checkpoint.folder.SentenceModules.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a folder's own library makes sentence vectors. */
class SentenceModulesTest {

    private static final String TRANSFORMER =
            "{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"}";
    private static final String POOLING =
            "{\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}";
    private static final String NORMALIZE =
            "{\"path\": \"2_Normalize\", \"type\": \"sentence_transformers.models.Normalize\"}";

    @TempDir
    private Path root;

    @Test
    void whereNothingIsSaidItIsTheMeanAsItIs() throws IOException {
        assertThat(read()).isEqualTo(new SentenceModules(Pooling.MEAN, false));
        modules(TRANSFORMER, NORMALIZE);
        assertThat(read()).isEqualTo(new SentenceModules(Pooling.MEAN, true));
    }

    @Test
    void aFileThatIsNamedAndMissingIsRemarked() throws IOException {
        modules(TRANSFORMER, POOLING, NORMALIZE);
        assertThat(Logged.during(() -> assertThat(read()).isEqualTo(new SentenceModules(Pooling.MEAN, true))))
                .singleElement()
                .asString()
                .contains("own/model has no 1_Pooling/config.json, which says what its sentence vectors are made of");
    }

    @Test
    void theFileLiesWhereTheListSays() throws IOException {
        modules(TRANSFORMER, POOLING.replace("1_Pooling", "2_Pooling"));
        pooling("{'pooling_mode': 'mean'}");
        Files.move(root.resolve("1_Pooling"), root.resolve("2_Pooling"));
        pooling("{'pooling_mode': 'cls'}");
        assertThat(read().pooling()).isEqualTo(Pooling.MEAN);
        modules(TRANSFORMER, POOLING.replace("1_Pooling", "../other"));
        assertThat(read().pooling())
                .as("in its usual place, as that is no folder's name")
                .isEqualTo(Pooling.FIRST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "FIRST; {'pooling_mode': 'cls'}",
                "MEAN; {'pooling_mode': ['mean']}",
                "LAST; {'pooling_mode': 'lasttoken', 'include_prompt': true}",
                "FIRST; {'pooling_mode_cls_token': true, 'pooling_mode_mean_tokens': false, 'pooling_mode_max_tokens': false}",
                "MEAN; {'pooling_mode_cls_token': false, 'pooling_mode_mean_tokens': true}",
                "LAST; {'pooling_mode_mean_tokens': false, 'pooling_mode_lasttoken': true}",
                "MEAN; {'word_embedding_dimension': 384}",
            })
    void statesAreNamedOrSwitched(Pooling expected, String config) throws IOException {
        modules(TRANSFORMER, POOLING);
        pooling(config);
        assertThat(Logged.during(() -> assertThat(read()).isEqualTo(new SentenceModules(expected, false))))
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsRemarked() throws IOException {
        modules(TRANSFORMER, POOLING, "{\"type\": \"sentence_transformers.models.Dense\"}");
        for (String max : List.of("{'pooling_mode': 'max'}", "{'pooling_mode_max_tokens': true}")) {
            pooling(max);
            assertThat(Logged.during(() -> assertThat(read()).isEqualTo(new SentenceModules(Pooling.MEAN, false))))
                    .singleElement()
                    .asString()
                    .contains(
                            "own/model makes sentence vectors with max and Dense too, which Cloze does not have: it takes"
                                    + " the mean of the last hidden states.");
        }
        pooling("{'pooling_mode': ['cls', 'mean']}");
        assertThat(Logged.during(() -> assertThat(read().pooling()).isEqualTo(Pooling.MEAN)))
                .singleElement()
                .asString()
                .contains("cls and mean and Dense");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        modules(TRANSFORMER, POOLING);
        pooling("{'pooling_mode'");
        assertProblem(Problem.MODEL_CONFIG, this::read).hasMessageContaining("1_Pooling");
    }

    private SentenceModules read() {
        return new ModelFolder("own/model", root, Origin.FOLDER).sentenceModules();
    }

    private void modules(String... modules) throws IOException {
        Files.writeString(root.resolve("modules.json"), "[" + String.join(", ", modules) + "]");
    }

    private void pooling(String config) throws IOException {
        Path folder = root.resolve("1_Pooling");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));
    }
}
