package dev.cloze.runtime.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompts that google-research/prompt-tuning published, where they are at hand; the numbers are NumPy's. */
class T5PromptsTest {

    @ParameterizedTest
    @CsvSource({
        "sst2, -18.422283, 55.691338, 27688.007074571215",
        "rte, -16.020851, 24.180046, 24069.125480130548",
        "mrpc, -30.358088, 26.804285, 35771.955477138516"
    })
    void aPublishedPromptIsRead(String name, float first, float last, double sum) {
        Adapter prompt = AdapterReader.read(file(name));
        assertThat(prompt.config().length()).isEqualTo(100);
        assertThat(prompt.config().tokenDim()).isEqualTo(768);
        float[] numbers = prompt.numbers();
        assertThat(numbers).hasSize(76_800);
        assertThat(numbers[0]).isEqualTo(first);
        assertThat(numbers[76_799]).isEqualTo(last);
        double all = 0;
        for (float number : numbers) {
            all += number;
        }
        assertThat(all).isCloseTo(sum, within(1e-6));
    }

    private static Path file(String name) {
        String place = System.getProperty("cloze.shared", System.getenv("CLOZE_SHARED"));
        Path shared = place == null || place.isBlank() ? Path.of("../../shared") : Path.of(place);
        Path file = shared.resolve("models/t5-prompts/t5_1_1_lm100k_base/" + name + ".npy");
        assumeTrue(Files.exists(file), () -> file + " is not there; cloze.shared names another shared folder.");
        return file;
    }
}
