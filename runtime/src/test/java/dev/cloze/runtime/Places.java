package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small table-to-text task, declared as generated code declares it, with all its sentences. */
public final class Places {

    private static final List<String> NAMES = List.of("aroma", "bibimbap", "cocum", "fitzbillies");
    private static final List<String> FOODS = List.of("french", "indian", "english");
    private static final List<String> AREAS = List.of("centre", "riverside");

    private Places() {}

    public record Place(String name, String food, String area) {}

    /** The words that the sentences are made of. */
    public static List<String> words() {
        List<String> words = new ArrayList<>(NAMES);
        words.addAll(FOODS);
        words.addAll(AREAS);
        return words;
    }

    public static TextTask.Builder<Place> builder(Path model) {
        return TextTask.of(Place.class)
                .template("name: {name}, food: {food}, area: {area}.")
                .placeholder("name", Place::name)
                .placeholder("food", Place::food)
                .placeholder("area", Place::area)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model.toString()));
    }

    public static TextTask<Place> task(Path model) {
        return builder(model).build();
    }

    /** Every combination with its sentence, 24 in all. */
    public static List<TextPair<Place>> pairs() {
        List<TextPair<Place>> pairs = new ArrayList<>();
        for (String name : NAMES) {
            for (String food : FOODS) {
                for (String area : AREAS) {
                    String sentence = name + " is a " + food + " place in the " + area + ".";
                    pairs.add(new TextPair<>(new Place(name, food, area), sentence));
                }
            }
        }
        return pairs;
    }

    public static List<Place> inputs() {
        return pairs().stream().map(TextPair::input).toList();
    }
}
