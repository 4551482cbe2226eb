package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.processor.validate.BackboneValidator;
import dev.cloze.runtime.backbone.encoder.EncoderFamily;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BackboneTypesTest {

    @Test
    void theCompilerAllowsTheModelTypesTheRuntimeRuns() {
        List<String> types = ServiceLoader.load(EncoderFamily.class).stream()
                .flatMap(family -> family.get().modelTypes().stream())
                .toList();
        assertThat(BackboneValidator.TYPES).containsExactlyInAnyOrderElementsOf(types);
    }
}
