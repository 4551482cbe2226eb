package dev.cloze.examples.waimai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Labeled;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveryFileTest {

    private final List<Labeled<Delivery, Opinion>> train = DeliveryFile.read("train.tsv");
    private final List<Labeled<Delivery, Opinion>> test = DeliveryFile.read("test.tsv");

    DeliveryFileTest() throws IOException {}

    @ParameterizedTest
    @EnumSource(Opinion.class)
    void thirtyTwoExamplesALabelCanBeDrawn(Opinion label) {
        assertThat(count(train, label)).isGreaterThanOrEqualTo(32);
    }

    @Test
    void theTestSetIsLargeAndBalanced() {
        assertThat(test).hasSizeGreaterThanOrEqualTo(120);
        assertThat(Arrays.stream(Opinion.values())
                        .map(label -> count(test, label))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void noTextIsThereTwice() {
        assertThat(texts()).doesNotHaveDuplicates();
    }

    @Test
    void noTextIsBlankOrHasStraySpaceOrBrokenCharacters() {
        assertThat(texts())
                .allSatisfy(text ->
                        assertThat(text).isNotBlank().isEqualTo(text.strip()).doesNotContain("  ", "\ufffd", "\""));
    }

    private List<String> texts() {
        return Stream.concat(train.stream(), test.stream())
                .map(example -> text(example.input()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toList());
    }

    private static String text(Delivery delivery) {
        return delivery.text();
    }

    private static long count(List<Labeled<Delivery, Opinion>> examples, Opinion label) {
        return examples.stream().filter(example -> example.label() == label).count();
    }
}
