package dev.cloze.annotations.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.Tuning;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TuningOptionsTest {

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(int.class, Integer.class, double.class, Double.class, boolean.class, Boolean.class);

    @Test
    void theMembersOfTheAnnotationAreTheOptionsDeclared() {
        Map<String, Class<?>> members = new TreeMap<>();
        for (Method member : Tuning.class.getDeclaredMethods()) {
            members.put(member.getName(), BOXES.getOrDefault(member.getReturnType(), member.getReturnType()));
        }
        List<String> others = List.of("method", "backbone");
        assertThat(members.keySet()).containsAll(others);
        others.forEach(members::remove);
        Map<String, Class<?>> declared = new TreeMap<>();
        TuningOptions.ALL.forEach(option -> declared.put(option.name(), option.type()));
        assertThat(members).isEqualTo(declared);
    }

    @Test
    void anOptionIsFoundByItsNameAlone() {
        assertThat(TuningOptions.named("batchSize")).contains(TuningOptions.BATCH_SIZE);
        assertThat(TuningOptions.named("batchsize")).isEmpty();
    }

    @Test
    void everyDefaultIsInItsRange() {
        TuningOptions.ALL.forEach(TuningOptionsTest::assertUsualIsAllowed);
    }

    private static <T> void assertUsualIsAllowed(Option<T> option) {
        assertThat(option.usual().flatMap(value -> option.objection(value, OptionValues.NONE)))
                .as(option.name())
                .isEmpty();
    }

    @Test
    void theEndsOfARangeAreInItOrNotAsItSays() {
        assertHolds(TuningOptions.LEARNING_RATE, 1e-9, 1.0);
        assertRefuses(TuningOptions.LEARNING_RATE, 0.0, -1.0, 1.0000001, Double.NaN);
        assertHolds(TuningOptions.BATCH_SIZE, 1, 1024);
        assertRefuses(TuningOptions.BATCH_SIZE, 0, 1025);
        assertHolds(TuningOptions.MAX_STEPS, 1, 1_000_000);
        assertRefuses(TuningOptions.MAX_STEPS, 0, 1_000_001);
        assertHolds(TuningOptions.MAX_LENGTH, 8, Integer.MAX_VALUE);
        assertRefuses(TuningOptions.MAX_LENGTH, 7);
    }

    @SafeVarargs
    private static <T> void assertHolds(Option<T> option, T... values) {
        assertThat(Stream.of(values).map(value -> option.objection(value, OptionValues.NONE)))
                .allMatch(java.util.Optional::isEmpty);
    }

    @SafeVarargs
    private static <T> void assertRefuses(Option<T> option, T... values) {
        assertThat(Arrays.stream(values).map(value -> option.objection(value, OptionValues.NONE)))
                .allMatch(objection -> objection
                        .orElse("")
                        .contains(option.range(OptionValues.NONE).text()));
    }

    @Test
    void anOptionIsSetWhenItIsWrittenWhateverTheValue() {
        OptionValues written =
                OptionValues.NONE.with(TuningOptions.FREEZE_BACKBONE, false).with(TuningOptions.COMPAT, Compat.PAPER);
        assertThat(written.isSet(TuningOptions.FREEZE_BACKBONE)).isTrue();
        assertThat(OptionValues.NONE.isSet(TuningOptions.FREEZE_BACKBONE)).isFalse();
        assertThat(OptionValues.NONE.get(TuningOptions.FREEZE_BACKBONE)).isFalse();
        assertThat(OptionValues.NONE.find(TuningOptions.LEARNING_RATE)).isEmpty();
        assertThatThrownBy(() -> OptionValues.NONE.get(TuningOptions.LEARNING_RATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("learningRate");
        assertThat(written.without(TuningOptions.COMPAT).written()).containsOnlyKeys(TuningOptions.FREEZE_BACKBONE);
    }
}
