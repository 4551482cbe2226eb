package dev.cloze.testkit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RestaurantSlotsTest {

    @Test
    void valuesAreFoundAsWholeWordsOnce() {
        Extracted<RestaurantText, RestaurantSlot> read = RestaurantSlots.example(
                        "name[The Mill], eatType[pub], food[English], priceRange[£20-25], area[riverside], near[Raja Cuisine]",
                        "The Mill is a pub with English food near Raja Cuisine, £20-25, by the riverside.")
                .orElseThrow();
        String text = read.input().text();
        assertThat(read.spans())
                .extracting(span -> span.label() + " " + text.substring(span.start(), span.end()))
                .containsExactly(
                        "NAME The Mill",
                        "KIND pub",
                        "FOOD English",
                        "NEAR Raja Cuisine",
                        "PRICE £20-25",
                        "AREA riverside");
    }

    @Test
    void aTextThatSpellsANameInAnotherWayIsLeftOut() {
        assertThat(RestaurantSlots.example("name[The Mill]", "the Mill is fine."))
                .isEmpty();
        assertThat(RestaurantSlots.example("name[Mill], area[riverside]", "Mills and Mill.")
                        .orElseThrow()
                        .spans())
                .containsExactly(new Span<>(10, 14, RestaurantSlot.NAME));
    }

    @Test
    void theDataHasHundredsOfTextsAndIsLearned() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        RestaurantSlots data = RestaurantSlots.in(SharedFolder.data().orElseThrow());
        List<Extracted<RestaurantText, RestaurantSlot>> train = data.train();
        List<Extracted<RestaurantText, RestaurantSlot>> test = data.test();
        assertThat(train).hasSizeGreaterThan(500);
        assertThat(test).hasSizeGreaterThan(550);
        Set<String> names = new HashSet<>(texts(train));
        names.retainAll(texts(test));
        assertThat(names).isEmpty();

        ExtractionTask<RestaurantText, RestaurantSlot> task = task(TuningMethod.FINE_TUNING);
        try (ExtractionPipeline<RestaurantText, RestaurantSlot> tuned = ExtractionTrainer.of(task)
                .quiet()
                .options(options ->
                        options.withMaxSteps(150).withEvaluateEvery(0).withLearningRate(3e-3))
                .fit(train)) {
            assertThat(tuned.evaluate(test.subList(0, 150)).f1()).isGreaterThan(0.45);
        }
    }

    private static Set<String> texts(List<Extracted<RestaurantText, RestaurantSlot>> examples) {
        return examples.stream().map(one -> one.input().text()).collect(Collectors.toSet());
    }

    private static ExtractionTask<RestaurantText, RestaurantSlot> task(TuningMethod method) {
        ExtractionTask.Builder<RestaurantText, RestaurantSlot> task = ExtractionTask.of(
                        RestaurantText.class, RestaurantSlot.class)
                .template("{text|spans}")
                .placeholder("text", RestaurantText::text)
                .tuning(TaskTuning.of(method, "cloze-tiny-en"));
        for (RestaurantSlot slot : RestaurantSlot.values()) {
            task.label(slot);
        }
        return task.build();
    }
}
