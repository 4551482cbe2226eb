import dev.cloze.runtime.Labeled;
import java.util.List;

class GivenLetter {

    static List<Labeled<Letter, Sentiment>> letters = List.of(
            new Labeled<>(new Letter("Thank you for the quick help."), Sentiment.POSITIVE),
            new Labeled<>(new Letter("I have waited for three weeks."), Sentiment.NEGATIVE));
}
