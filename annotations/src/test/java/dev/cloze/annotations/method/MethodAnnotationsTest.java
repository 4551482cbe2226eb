package dev.cloze.annotations.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.option.OptionValues;
import dev.cloze.annotations.option.TuningOptions;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each annotation named after a method is what its options declare. */
class MethodAnnotationsTest {

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            int.class,
            Integer.class,
            double.class,
            Double.class,
            boolean.class,
            Boolean.class,
            String[].class,
            List.class);

    @Test
    void theMembersAreTheOptionsWithTheirTypesAndDefaults() {
        for (MethodAnnotation method : MethodAnnotations.ALL) {
            Map<String, Class<?>> members = new TreeMap<>();
            Map<String, Object> defaults = new TreeMap<>();
            for (Method member : method.type().getDeclaredMethods()) {
                Class<?> type = member.getReturnType();
                members.put(member.getName(), BOXES.getOrDefault(type, type));
                Object usual = member.getDefaultValue();
                defaults.put(member.getName(), usual instanceof String[] texts ? List.of(texts) : usual);
            }
            Map<String, Class<?>> declared = new TreeMap<>();
            method.options().forEach(option -> declared.put(option.name(), option.type()));
            assertThat(members).as(method.written()).isEqualTo(declared);
            method.options().forEach(option -> option.usual().ifPresent(usual -> assertThat(defaults.get(option.name()))
                    .as(method.written() + " " + option)
                    .isEqualTo(usual)));
        }
    }

    @Test
    void everyDefaultIsInItsRange() {
        for (MethodAnnotation method : MethodAnnotations.ALL) {
            method.options().forEach(MethodAnnotationsTest::assertUsualIsAllowed);
        }
    }

    private static <T> void assertUsualIsAllowed(Option<T> option) {
        assertThat(option.usual().flatMap(value -> option.objection(value, OptionValues.NONE)))
                .as(option.name())
                .isEmpty();
    }

    @Test
    void aMethodHasTheOptionsOfItsAnnotationAndThoseOfAllMethods() {
        for (MethodAnnotation method : MethodAnnotations.ALL) {
            assertThat(method.options()).allMatch(option -> MethodTable.rows().stream()
                    .filter(row -> row.method() == method.method())
                    .anyMatch(option::isOf)); // the head that tags words has no pooling, that of labels has
            assertThat(MethodAnnotations.writable(method.method()))
                    .containsAll(TuningOptions.ALL)
                    .containsAll(method.options());
        }
        for (TuningMethod method : TuningMethod.values()) {
            assertThat(MethodAnnotations.named(method, "batchSize")).contains(TuningOptions.BATCH_SIZE);
            assertThat(MethodAnnotations.named(method, "gone")).isEmpty();
        }
    }

    @Test
    void thereIsOneForAMethod() {
        assertThat(MethodAnnotations.ALL.stream().map(MethodAnnotation::method)).doesNotHaveDuplicates();
        assertThat(MethodAnnotations.ALL.stream().map(MethodAnnotation::type)).doesNotHaveDuplicates();
    }
}
