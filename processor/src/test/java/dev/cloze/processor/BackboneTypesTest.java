package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.processor.validate.BackboneValidator;
import dev.cloze.runtime.backbone.BackboneFamily;
import dev.cloze.vocabulary.folder.KnownModels;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BackboneTypesTest {

    @Test
    void theCompilerAllowsTheModelTypesTheRuntimeRuns() {
        List<String> types = ServiceLoader.load(BackboneFamily.class).stream()
                .flatMap(family -> family.get().modelTypes().stream())
                .toList();
        assertThat(BackboneValidator.TYPES).containsExactlyInAnyOrderElementsOf(types);
    }

    @Test
    void whatIsSuggestedOfTheHubCanBeRun() {
        assertThat(BackboneValidator.TYPES).containsAll(KnownModels.typesOfHub());
    }
}
