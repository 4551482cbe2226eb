import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingListener;
import java.util.List;

class GivenReview {

    static List<Labeled<Review, Sentiment>> train = List.of(
            new Labeled<>(new Review("A lovely film."), Sentiment.POSITIVE), new Labeled<>(new Review("A boring mess."), Sentiment.NEGATIVE));
    static List<Labeled<Review, Sentiment>> dev = train;
    static TrainingListener listener = new TrainingListener() {};
}
