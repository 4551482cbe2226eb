import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenReview {

    static List<Labeled<Review, Sentiment>> reviews = List.of(
            new Labeled<>(new Review("A lovely film."), Sentiment.POSITIVE),
            new Labeled<>(new Review("A boring mess."), Sentiment.NEGATIVE));
    static List<Labeled<News, Topic>> news = List.of(
            new Labeled<>(new News("The striker scored twice."), Topic.SPORT),
            new Labeled<>(new News("Shares fell after the report."), Topic.BUSINESS));
}
