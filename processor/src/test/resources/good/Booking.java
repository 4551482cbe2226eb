package shop;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.PTuningV2;
import dev.cloze.annotations.Spans;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{subject} {sep} {body|spans}")
@Verbalizer(labels = Booking.Slot.class)
@PTuningV2
public record Booking(String subject, String body) {

    public enum Slot {
        @LabelWords("name")
        NAME,
        @LabelWords({"food", "dish"})
        FOOD
    }

    @Template("{body|spans} {span} is a {mask}.")
    @Verbalizer(labels = Slot.class)
    @Spans(none = "word", longest = 4)
    public record Asked(String body) {}
}
