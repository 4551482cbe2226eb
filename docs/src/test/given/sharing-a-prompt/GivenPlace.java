import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TextPair;
import java.util.List;

class GivenPlace {

    static List<TextPair<Place>> places = List.of(
            new TextPair<>(new Place("Aromi", "French"), "Aromi is a French restaurant."),
            new TextPair<>(new Place("Cocum", "Indian"), "Cocum is an Indian restaurant."));
    static List<Labeled<Opinion, Sentiment>> opinions = List.of(
            new Labeled<>(new Opinion("A lovely film."), Sentiment.POSITIVE),
            new Labeled<>(new Opinion("A boring mess."), Sentiment.NEGATIVE));
}
