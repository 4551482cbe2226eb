package dev.cloze.examples.restaurants;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import java.util.Optional;

/** What is known of a restaurant; the compiler writes {@code RestaurantPipeline} from it. */
@Template(
        "name: {name}. food: {food}. area: {area}. price: {price}. stars: {stars}. families: {families}. near: {near}.")
@Tuning(backbone = "cloze-lm-tiny-en", learningRate = 3e-3, batchSize = 16, maxSteps = 400)
public record Restaurant(
        String name,
        String food,
        Optional<String> area,
        Optional<String> price,
        Optional<String> stars,
        Optional<String> families,
        Optional<String> near) {}
