package dev.cloze.runtime.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultBackboneTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "TRUE", "1", "yes"})
    void thePropertyAsksForTheQuickModel(String value) {
        assertThat(DefaultBackbone.name(value)).isEqualTo("cloze-tiny-en");
    }

    @Test
    void withoutItOrWithFalseTheDefaultModelIsUsed() {
        assertThat(DefaultBackbone.name(null)).isEqualTo("cloze-small-en");
        assertThat(DefaultBackbone.name("false")).isEqualTo("cloze-small-en");
    }

    @Test
    void aTaskThatNamesNoModelIsTunedAsOneThatNamesTheDefault() {
        assertThat(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING))
                .isEqualTo(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, DefaultBackbone.name()))
                .isEqualTo(TaskTuning.defaults());
    }
}
