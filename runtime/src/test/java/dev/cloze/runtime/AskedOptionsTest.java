package dev.cloze.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AskedOptionsTest {

    private static final TrainingOptions DEFAULTS = TrainingOptions.defaults();

    @Test
    void theFunctionIsCalledOnceHoweverOftenTheChangeIsMade() {
        AtomicInteger calls = new AtomicInteger();
        AskedOptions asked = AskedOptions.of(
                OptionValues.NONE, options -> options.withMaxSteps(10).withSeed(calls.incrementAndGet()));
        for (TrainingOptions usual : new TrainingOptions[] {DEFAULTS, DEFAULTS.withBatchSize(2)}) {
            TrainingOptions changed = asked.change().apply(usual);
            assertThat(changed).isEqualTo(usual.withMaxSteps(10).withSeed(1));
        }
        assertThat(calls).hasValue(1);
    }

    /** Each value is checked against those at that moment, so that neither the last of them alone nor another order would do. */
    @Test
    void allIsWrittenAgainInItsOrderWithItsChecks() {
        AskedOptions asked = AskedOptions.of(
                OptionValues.NONE,
                options -> options.withBatchSize(32).withAccumulation(16).withBatchSize(16));
        assertThat(asked.change().apply(DEFAULTS).batchSize()).isEqualTo(16);
        AskedOptions wrong = AskedOptions.of(OptionValues.NONE, options -> options.withAccumulation(16));
        assertThatThrownBy(() -> wrong.change().apply(DEFAULTS))
                .hasMessageContaining("[TrainingOptionOutOfRange]")
                .hasMessageContaining("accumulation");
        assertThat(wrong.change().apply(DEFAULTS.withBatchSize(64)).accumulation())
                .isEqualTo(16);
    }

    @Test
    void whatIsLeftOutIsLeftOutAgain() {
        var row = MethodTable.of(TuningMethod.FINE_TUNING, TaskKind.CLASSIFICATION);
        AskedOptions asked = AskedOptions.of(
                OptionValues.NONE,
                options -> options.with(TuningOptions.PROMPT_LENGTH, 5).of(row).withSeed(3));
        TrainingOptions changed = asked.change().apply(DEFAULTS);
        assertThat(changed.isSet(TuningOptions.PROMPT_LENGTH)).isFalse();
        assertThat(changed.seed()).isEqualTo(3);
    }

    @Test
    void thePrecisionIsKnownBeforehand() {
        TaskTuning tuning = TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en");
        AskedOptions none = AskedOptions.of(tuning.options(), options -> options.withSeed(3));
        assertThat(none.precision()).isEmpty();
        assertThat(none.at(tuning)).isEqualTo(tuning);
        TaskTuning half = tuning.withPrecision(Precision.BFLOAT16);
        AskedOptions annotated = AskedOptions.of(half.options(), options -> {
            assertThat(options.precision()).isEqualTo(Precision.BFLOAT16);
            return options;
        });
        assertThat(annotated.at(half)).isEqualTo(half);
        AskedOptions asked = AskedOptions.of(half.options(), options -> options.withPrecision(Precision.FLOAT32));
        assertThat(asked.at(half).precision()).contains(Precision.FLOAT32);
    }

    /** A function may give what it has, whatever it is given. */
    @Test
    void optionsOfTheCallersOwnAreTakenWhole() {
        TrainingOptions own = DEFAULTS.withMaxSteps(7);
        AskedOptions asked = AskedOptions.of(OptionValues.NONE, any -> own);
        assertThat(asked.change().apply(DEFAULTS.withBatchSize(2))).isSameAs(own);
    }
}
