package dev.cloze.processor.model;

import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A label.
 *
 * @param name the enum constant
 * @param words its label words, or nothing where none are written
 * @param place of the list of words, or of the label enum's name where there is none
 */
public record LabelModel(String name, Optional<List<LabelWord>> words, Place place) {

    /** A word and where it is written. */
    public record LabelWord(String text, Place place) {}

    /** The same, of whose places messages say this. */
    public LabelModel noted(String note) {
        return new LabelModel(
                name,
                words.map(all -> all.stream()
                        .map(word -> new LabelWord(word.text(), word.place().noted(note)))
                        .toList()),
                place.noted(note));
    }

    /** The label and its words, wherever they are written. */
    public List<String> texts() {
        return Stream.concat(Stream.of(name), allWords().stream().map(LabelWord::text))
                .toList();
    }

    /** The words, none where none are written. */
    public List<LabelWord> allWords() {
        return words.orElse(List.of());
    }
}
