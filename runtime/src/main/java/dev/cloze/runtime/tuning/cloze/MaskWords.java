package dev.cloze.runtime.tuning.cloze;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.WordAnswers;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.verbalizer.LabelWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Words by what answers at the mask.
 *
 * @param mask asked about labels that are words; it is taken over
 */
public record MaskWords(MaskProduct mask) implements WordProduct {

    @Override
    public List<String> words() {
        return mask.words().stream().map(LabelWord::text).toList();
    }

    @Override
    public OptionalInt placeOf(String word) {
        return mask.placeOf(word);
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return mask.answer(inputs);
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
        return mask.answer(inputs, candidates);
    }

    @Override
    public Optional<Sharing<WordAnswers>> sharing() {
        return mask.sharingOfWords();
    }

    @Override
    public ProductIdentity identity() {
        return mask.identity();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return mask.tensors();
    }

    @Override
    public Map<String, List<String>> texts() {
        return mask.texts();
    }

    @Override
    public Optional<String> remark() {
        return mask.remark();
    }

    @Override
    public void close() {
        mask.close();
    }
}
