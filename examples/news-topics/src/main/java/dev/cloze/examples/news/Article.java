package dev.cloze.examples.news;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/** A short news item; when it is too long its body is cut before its title, which never is. */
@Template("{mask} News: {title|fixed} {body}")
@Verbalizer(
        labels = Topic.class,
        value = {
            @LabelWords(
                    label = "WORLD",
                    value = {"world", "politics"}),
            @LabelWords(
                    label = "SPORTS",
                    value = {"sports", "football"}),
            @LabelWords(
                    label = "BUSINESS",
                    value = {"business", "economy"}),
            @LabelWords(
                    label = "TECHNOLOGY",
                    value = {"technology", "science"})
        })
@Tuning(learningRate = 1e-4, maxSteps = 80)
public record Article(String title, String body) {}
