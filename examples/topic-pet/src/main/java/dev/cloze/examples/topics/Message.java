package dev.cloze.examples.topics;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Pet;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

/**
 * A message to a shop, read in four ways; nobody has to know which of them is the best. Untrained, the model leans to some words
 * whatever it reads, which calibration takes away.
 */
@Template("{text} It is a problem with the {mask}.")
@Template("About the {mask}: {text}")
@Template("{text} This is about {mask}.")
@Template(
        value = "[ Category: {mask} ] {text}",
        words = {
            @LabelWords(
                    label = "PAYMENT",
                    value = {"payment", "price"}),
            @LabelWords(
                    label = "DELIVERY",
                    value = {"shipping", "mail"}),
            @LabelWords(
                    label = "DEFECT",
                    value = {"repair", "damage"}),
            @LabelWords(label = "ACCOUNT", value = "account")
        })
@Verbalizer(labels = Topic.class, calibration = Calibration.CONTEXTUAL)
@Pet(repetitions = 1)
public record Message(String text) {}
