import dev.cloze.runtime.PromptPipeline;

class GivenReview {

    static PromptPipeline<Review, Sentiment> tuned = ReviewPipeline.zeroShot();
}
