package dev.cloze.processor.model;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;

/**
 * The words that a task ranks, as {@link dev.cloze.annotations.Candidates} says it.
 *
 * @param words in the order written; none for all whole words of the model
 * @param place of the annotation
 */
public record CandidatesModel(
        List<LabelWord> words, MultiTokenWords multiTokenWords, Calibration calibration, Place place) {

    public CandidatesModel {
        words = List.copyOf(words);
    }

    /** Whether all whole words of the model are ranked. */
    public boolean isOpen() {
        return words.isEmpty();
    }

    /** Each word as a label of its own. */
    public List<LabelModel> labels() {
        return words.stream()
                .map(word -> new LabelModel(word.text(), Optional.of(List.of(word)), word.place()))
                .toList();
    }
}
