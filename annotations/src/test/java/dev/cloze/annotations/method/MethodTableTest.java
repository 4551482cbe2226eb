package dev.cloze.annotations.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MethodTableTest {

    @ParameterizedTest
    @EnumSource(TuningMethod.class)
    void everyMethodServesAKindOfTask(TuningMethod method) {
        assertThat(MethodTable.rows()).anyMatch(row -> row.method() == method);
    }

    @Test
    void thereIsOneRowForAMethodAndAKind() {
        assertThat(MethodTable.rows()).doesNotHaveDuplicates().allSatisfy(row -> assertThat(
                        MethodTable.find(row.method(), row.kind()))
                .contains(row));
    }

    @Test
    void whatIsNoOptionOfARowIsNoneOfItsMethod() {
        MethodTable.rows().forEach(row -> {
            assertThat(TuningOptions.PROMPT_LENGTH.isOf(row)).isEqualTo(row.choosesPromptLength());
            assertThat(TuningOptions.FREEZE_BACKBONE.isOf(row)).isEqualTo(row.freezing() == Freezing.CHOICE);
            assertThat(TuningOptions.BATCH_SIZE.isOf(row)).isEqualTo(row.inSteps());
            assertThat(TuningOptions.MAX_LENGTH.isOf(row)).isTrue();
        });
    }
}
