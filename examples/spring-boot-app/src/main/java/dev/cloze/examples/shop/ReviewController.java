package dev.cloze.examples.shop;

import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Says what a review says. */
@RestController
class ReviewController {

    private final PromptPipeline<Review, Sentiment> sentiments;

    ReviewController(PromptPipeline<Review, Sentiment> sentiments) {
        this.sentiments = sentiments;
    }

    /** An answer: the label, and how probable it is, 0 to 1. */
    record Answer(Sentiment label, double probability) {}

    @PostMapping("/reviews")
    Answer ask(@RequestBody Review review) {
        Prediction<Sentiment> prediction = sentiments.predict(review);
        return new Answer(prediction.label(), prediction.probability());
    }
}
