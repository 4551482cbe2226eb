package dev.cloze.examples.prefix;

import dev.cloze.annotations.PrefixTuning;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import java.util.Optional;

/** What is known of a place to eat; the compiler writes {@code PlacePipeline} from it. */
@Template(
        "name: {name}. food: {food}. area: {area}. price: {price}. stars: {stars}. families: {families}. near: {near}.")
@Tuning(backbone = "cloze-lm-tiny-en", promptLength = 10, learningRate = 2e-2, batchSize = 16, maxSteps = 400)
@PrefixTuning(reparametrized = false)
public record Place(
        String name,
        String food,
        Optional<String> area,
        Optional<String> price,
        Optional<String> stars,
        Optional<String> families,
        Optional<String> near) {}
