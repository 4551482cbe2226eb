package dev.cloze.examples.restaurants;

import dev.cloze.runtime.TextEvaluation;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells facts about restaurants in sentences, before any training and after four hundred examples.
 *
 * <p>Its one argument is the folder the tuned pipeline is written to; {@code target/restaurant-pipeline} without one.
 */
public final class RestaurantsExample {

    private static final int SHOWN = 4;
    private static final int LONGEST = 64;

    private final PrintStream out;

    private RestaurantsExample(PrintStream out) {
        this.out = out;
    }

    /** How well the test restaurants are told, before and after training. */
    record Outcome(TextEvaluation pretrained, TextEvaluation tuned) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "target/restaurant-pipeline");
        run(folder, System.out);
    }

    static Outcome run(Path folder, PrintStream out) throws IOException {
        return new RestaurantsExample(out).run(folder);
    }

    private Outcome run(Path folder) throws IOException {
        List<TextPair<Restaurant>> train = RestaurantFile.read("train.tsv");
        List<TextPair<Restaurant>> dev = RestaurantFile.read("dev.tsv");
        List<TextPair<Restaurant>> test = RestaurantFile.read("test.tsv");

        TextEvaluation before;
        try (TextPipeline<Restaurant> pipeline = RestaurantPipeline.pretrained()) {
            before = report("No training at all", pipeline, test);
        }
        TextEvaluation after;
        try (TextPipeline<Restaurant> pipeline = RestaurantPipeline.trainer().fit(train, dev)) {
            after = report("Tuned on " + train.size() + " sentences", pipeline, test);
            pipeline.save(folder);
        }
        out.println("Written to " + folder.toAbsolutePath());
        try (TextPipeline<Restaurant> again = RestaurantPipeline.load(folder)) {
            out.println("Loaded from there, it writes as it goes:");
            out.print("    ");
            again.generate(test.get(0).input(), (prompt, piece) -> out.print(piece));
            out.println();
        }
        return new Outcome(before, after);
    }

    private TextEvaluation report(String what, TextPipeline<Restaurant> pipeline, List<TextPair<Restaurant>> test) {
        TextPipeline<Restaurant> brief = pipeline.withOptions(options -> options.withMaxTokens(LONGEST));
        TextEvaluation evaluation = brief.evaluate(test);
        out.println(what + ": " + evaluation);
        for (TextPair<Restaurant> pair : test.subList(0, SHOWN)) {
            out.println("  " + facts(pair.input()));
            out.println("    " + brief.generate(pair.input()));
        }
        out.println();
        return evaluation;
    }

    private static String facts(Restaurant restaurant) {
        List<String> facts = new ArrayList<>(List.of(restaurant.name(), restaurant.food()));
        restaurant.area().ifPresent(facts::add);
        restaurant.price().ifPresent(facts::add);
        restaurant.stars().ifPresent(stars -> facts.add("stars " + stars));
        restaurant.families().ifPresent(answer -> facts.add("families " + answer));
        restaurant.near().ifPresent(place -> facts.add("near the " + place));
        return String.join(", ", facts);
    }
}
