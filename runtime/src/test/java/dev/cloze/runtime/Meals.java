package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sentences about restaurants whose names and dishes are spans, declared as generated code declares such a task. */
public final class Meals {

    /** A sentence. */
    public record Meal(String text) {}

    /** What a span is. */
    public enum Slot {
        NAME,
        DISH
    }

    private static final List<String> NAMES = List.of("Alma", "The Golden Fork", "Zizzi", "Blue Door");
    private static final List<String> DISHES = List.of("pizza", "fried rice", "soup", "noodles");
    private static final List<String> SENTENCES =
            List.of("We had %2$s at %1$s.", "%1$s serves %2$s.", "Try the %2$s of %1$s!", "%1$s was closed.");

    private Meals() {}

    /** Read by any method: those that tag tokens read the text alone. */
    public static ExtractionTask.Builder<Meal, Slot> builder() {
        return asked("{text|spans} {span} is a {mask}");
    }

    /** The same in other words. */
    public static ExtractionTask.Builder<Meal, Slot> asked(String template) {
        return ExtractionTask.of(Meal.class, Slot.class)
                .template(template)
                .placeholder("text", Meal::text)
                .label(Slot.NAME, "place")
                .label(Slot.DISH, "food")
                .spans(3, 1.5, "mistake")
                .tuning(TaskTuning.of(TuningMethod.FINE_TUNING, "cloze-tiny-en"));
    }

    /** Sixteen sentences, each with a name, most with a dish. */
    public static List<Extracted<Meal, Slot>> examples() {
        List<Extracted<Meal, Slot>> examples = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            examples.add(example(SENTENCES.get(i % 4), NAMES.get((i + i / 4) % 4), DISHES.get((i / 2) % 4)));
        }
        return examples;
    }

    private static Extracted<Meal, Slot> example(String sentence, String name, String dish) {
        String text = String.format(sentence, name, dish);
        List<Span<Slot>> spans = new ArrayList<>();
        add(Slot.NAME, name, text, spans);
        add(Slot.DISH, dish, text, spans);
        spans.sort(Comparator.comparingInt(Span::start));
        return new Extracted<>(new Meal(text), spans);
    }

    private static void add(Slot slot, String part, String text, List<Span<Slot>> spans) {
        int start = text.indexOf(part);
        if (start >= 0) {
            spans.add(new Span<>(start, start + part.length(), slot));
        }
    }
}
