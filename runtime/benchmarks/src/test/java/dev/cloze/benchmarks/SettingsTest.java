package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is measured when nothing, or little, is said of it. */
class SettingsTest {

    @Test
    void llamaCppIsMeasuredWhereItsInterpreterIsNamed() {
        assertThat(Settings.parse(new String[0]).llama()).isEmpty();
        assertThat(Settings.parse(new String[] {"--llama", "none"}).llama()).isEmpty();
        assertThat(Settings.parse(new String[] {"--llama", "/v/bin/python"}).llama())
                .contains(Path.of("/v/bin/python"));
    }

    @Test
    void sectionsAreThoseNamed() {
        Settings settings = Settings.parse(new String[] {"--only", "smollm2,start", "--rounds", "3"});
        assertThat(settings.sections()).containsExactlyInAnyOrder("smollm2", "start");
        assertThat(settings.rounds()).isEqualTo(3);
    }

    @Test
    void anOptionThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Settings.parse(new String[] {"--lama", "x"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no option --lama");
    }

    @Test
    void aSectionThatThereIsNotIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Settings.parse(new String[] {"--only", "classificaton"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"classificaton\"")
                .hasMessageContaining("classification, training");
    }
}
