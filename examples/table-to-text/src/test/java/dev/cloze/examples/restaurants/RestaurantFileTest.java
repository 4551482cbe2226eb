package dev.cloze.examples.restaurants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.TextPair;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestaurantFileTest {

    private final List<TextPair<Restaurant>> train = RestaurantFile.read("train.tsv");
    private final List<TextPair<Restaurant>> dev = RestaurantFile.read("dev.tsv");
    private final List<TextPair<Restaurant>> test = RestaurantFile.read("test.tsv");

    RestaurantFileTest() throws IOException {}

    @Test
    void noRestaurantIsInTwoFiles() {
        Set<String> names = names(train);
        assertThat(names).doesNotContainAnyElementsOf(names(dev)).doesNotContainAnyElementsOf(names(test));
        assertThat(names(dev)).doesNotContainAnyElementsOf(names(test));
    }

    @Test
    void everyWordOfANameIsInTheTrainingFile() {
        Set<String> words = new HashSet<>();
        names(train).forEach(name -> words.addAll(List.of(name.split(" "))));
        Stream.of(dev, test).flatMap(pairs -> names(pairs).stream()).forEach(name -> assertThat(words)
                .contains(name.split(" ")));
    }

    @Test
    void everySentenceTellsTheNameAndTheFoodInLowerCaseWithoutStraySpace() {
        Stream.of(train, dev, test).flatMap(List::stream).forEach(pair -> assertThat(pair.target())
                .contains(pair.input().name(), pair.input().food())
                .isLowerCase()
                .isEqualTo(pair.target().strip())
                .doesNotContain("  "));
    }

    private static Set<String> names(List<TextPair<Restaurant>> pairs) {
        return pairs.stream().map(pair -> pair.input().name()).collect(Collectors.toSet());
    }
}
