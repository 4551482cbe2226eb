import dev.cloze.runtime.Rated;
import java.util.ArrayList;
import java.util.List;

class GivenSentences {

    static List<Rated<Sentences>> train = pairs(8);
    static List<Rated<Sentences>> dev = pairs(6);

    private static List<Rated<Sentences>> pairs(int count) {
        List<Rated<Sentences>> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(new Rated<>(
                    new Sentences("A man plays guitar number " + i + ".", "Guitar " + (i + i % 2) + " of " + count),
                    5.0 * i / count));
        }
        return made;
    }
}
