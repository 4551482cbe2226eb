package dev.cloze.spring.boot.test.shop;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{text} It was {mask}.")
@Verbalizer(labels = Review.Sentiment.class)
public record Review(String text) {

    public enum Sentiment {
        @LabelWords("great")
        POSITIVE,
        @LabelWords("terrible")
        NEGATIVE
    }
}
