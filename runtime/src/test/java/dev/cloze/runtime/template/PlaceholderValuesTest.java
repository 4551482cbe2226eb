package dev.cloze.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlaceholderValuesTest {

    enum Colour {
        DARK_RED
    }

    record Author(String name) {}

    record Input(@Nullable Object value, @Nullable Author author) {}

    private static final Map<String, Function<? super Input, ? extends @Nullable Object>> ACCESSOR =
            Map.of("value", Input::value);

    @Test
    void valuesOfEveryKindBecomeText() {
        assertThat(text("as is ")).isEqualTo("as is ");
        assertThat(text(3)).isEqualTo("3");
        assertThat(text(2.5)).isEqualTo("2.5");
        assertThat(text('c')).isEqualTo("c");
        assertThat(text(true)).isEqualTo("true");
        assertThat(text(Colour.DARK_RED)).isEqualTo("DARK_RED");
        assertThat(text(Optional.of(7))).isEqualTo("7");
        assertThat(text(Optional.empty())).isEmpty();
        assertThat(text(List.of("a", 1, Colour.DARK_RED))).isEqualTo("a, 1, DARK_RED");
        assertThat(text(List.of())).isEmpty();
    }

    @Test
    void nullIsAnErrorThatNamesTheComponent() {
        assertThatThrownBy(() -> text(null)).hasMessageStartingWith("[InputNull] The component \"value\" is null.");
        assertThatThrownBy(() -> text(Arrays.asList("a", null)))
                .hasMessageStartingWith("[InputNull] The component \"value[1]\" is null.");
        assertThatThrownBy(() -> PlaceholderValues.of(null, Map.of()))
                .hasMessageStartingWith("[InputNull] The input is null.");
        Map<String, Function<? super Input, ? extends @Nullable Object>> path =
                Map.of("author.name", PlaceholderValuesTest::authorName);
        assertThatThrownBy(() -> PlaceholderValues.of(new Input("x", null), path))
                .hasMessageStartingWith("[InputNull] A part of the path \"author.name\" is null.");
    }

    @Test
    void ofSeveralInputsTheOneIsNamed() {
        List<Map<String, String>> values =
                new InputValues<>(Arrays.asList(new Input("x", null), null, new Input(null, null)), ACCESSOR);
        assertThat(values.get(0)).containsEntry("value", "x");
        assertThatThrownBy(() -> values.get(1)).hasMessageStartingWith("[InputNull] Input 2 is null.");
        assertThatThrownBy(() -> values.get(2))
                .hasMessageStartingWith("[InputNull] The component \"value\" of input 3 is null.");
    }

    @Test
    void aTypeWithoutTextIsAnError() {
        assertThatThrownBy(() -> text(new Author("x")))
                .hasMessageStartingWith("[TemplatePlaceholderType] {value} of the template is of type ");
    }

    @Test
    void theOrderOfTheDeclarationIsKept() {
        Map<String, Function<? super Input, ? extends @Nullable Object>> accessors = new LinkedHashMap<>();
        accessors.put("value", Input::value);
        accessors.put("author.name", PlaceholderValuesTest::authorName);

        assertThat(PlaceholderValues.of(new Input("x", new Author("y")), accessors))
                .containsExactly(Map.entry("value", "x"), Map.entry("author.name", "y"));
    }

    @SuppressWarnings("NullAway") // as the code of a nested path does
    private static String authorName(Input input) {
        return input.author().name();
    }

    private static String text(@Nullable Object value) {
        return PlaceholderValues.text("value", value);
    }
}
