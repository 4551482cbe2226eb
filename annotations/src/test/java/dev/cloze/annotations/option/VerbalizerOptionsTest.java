package dev.cloze.annotations.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.Verbalizer;
import dev.cloze.annotations.VerbalizerKind;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerbalizerOptionsTest {

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(int.class, Integer.class, double.class, Double.class, boolean.class, Boolean.class);

    @Test
    void theAnnotationHasThemAsDeclared() {
        Map<String, Class<?>> members = new TreeMap<>();
        for (Method member : Verbalizer.class.getDeclaredMethods()) {
            members.put(member.getName(), BOXES.getOrDefault(member.getReturnType(), member.getReturnType()));
        }
        members.keySet().removeAll(Set.of("labels", "value", "multiTokenWords", "calibration"));
        Map<String, Class<?>> declared = new TreeMap<>();
        VerbalizerOptions.ALL.forEach(option -> declared.put(option.name(), option.type()));
        assertThat(members).isEqualTo(declared);
    }

    @Test
    void aDefaultThatIsDeclaredIsTheAnnotations() throws NoSuchMethodException {
        for (Option<?> option : VerbalizerOptions.ALL) {
            if (option.usual().isPresent()) {
                assertThat(Verbalizer.class.getDeclaredMethod(option.name()).getDefaultValue())
                        .as(option.name())
                        .isEqualTo(option.usual().get());
            }
        }
    }

    @Test
    void anOptionOfAnotherKindIsNone() {
        OptionValues soft = OptionValues.NONE.with(VerbalizerOptions.KIND, VerbalizerKind.SOFT);
        assertThat(VerbalizerOptions.PROTOTYPE_SIZE.objection(8, soft)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("it belongs to kind = PROTOTYPES, and the kind of verbalizer is SOFT"));
        assertThat(VerbalizerOptions.LABEL_LEARNING_RATE.objection(0.1, soft)).isEmpty();
        assertThat(VerbalizerOptions.LABEL_LEARNING_RATE.objection(0.1, OptionValues.NONE))
                .isPresent();
    }
}
