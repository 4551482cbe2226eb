package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import dev.cloze.runtime.tuning.WordAnswers;
import dev.cloze.runtime.tuning.WordProduct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Products that rank words together: a word's score is the mean of its members' scores, which are log-probabilities (Jiang et al. 2020,
 * arXiv 1911.12543, equation 4). Ranked are the words that all of them can say.
 */
final class WordEnsemble implements WordProduct {

    private final EnsembleMembers<WordProduct> members;
    private final CommonWords words;
    private final Optional<Sharing<List<WordAnswers>>> sharing;

    private WordEnsemble(EnsembleMembers<WordProduct> members) {
        this.members = members;
        this.words = CommonWords.of(
                members.products().stream().map(WordProduct::words).toList());
        this.sharing = Sharing.all(
                members.products().stream().map(WordProduct::sharing).toList());
    }

    /** Takes over its members, at least one; with weights that are all 0 each counts the same. */
    public static WordEnsemble of(List<EnsembleMember<WordProduct>> members, Tally tally) {
        return new WordEnsemble(EnsembleMembers.of(members, tally));
    }

    /** What was saved of an ensemble; what it is made for is checked before any tensor is read. */
    public static WordEnsemble read(SavedProduct saved, MemberReader<WordProduct> reader) {
        return new WordEnsemble(EnsembleMembers.read(saved, reader));
    }

    @Override
    public List<String> words() {
        return words.texts();
    }

    @Override
    public OptionalInt placeOf(String word) {
        OptionalInt first = members.products().get(0).placeOf(word);
        return first.isPresent() ? words.placeOf(first.getAsInt()) : first;
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return answers(EnsembleAnswers.of(members, sharing)).answer(inputs);
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
        return answers(EnsembleAnswers.of(members, sharing)).answer(inputs, candidates);
    }

    @Override
    public Optional<Sharing<WordAnswers>> sharing() {
        return sharing.map(shared ->
                new Sharing<>(shared.model(), other -> answers(EnsembleAnswers.over(members, shared, other))));
    }

    private WordAnswers answers(EnsembleAnswers<WordAnswers> together) {
        return new WordAnswers() {
            @Override
            public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
                return together.of(inputs, (place, member, chunk) -> scores(member.answer(chunk), place));
            }

            @Override
            public List<LabelAnswer> answer(List<Map<String, String>> inputs, List<String> candidates) {
                return together.of(inputs, (place, member, chunk) -> member.answer(chunk, candidates).stream()
                        .map(said -> new LabelAnswer(said.scores(), List.of(), said.cut()))
                        .toList());
            }
        };
    }

    /** What a member says of the common words, in their order: a word is its own label, and needs no score beside it. */
    private List<LabelAnswer> scores(List<LabelAnswer> said, int member) {
        return said.stream()
                .map(one -> new LabelAnswer(words.of(member, one.scores()), List.of(), one.cut()))
                .toList();
    }

    @Override
    public ProductIdentity identity() {
        return members.identity();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return members.tensors();
    }

    @Override
    public Optional<String> remark() {
        return members.remark();
    }

    @Override
    public Map<String, List<String>> texts() {
        return members.texts();
    }

    @Override
    public void close() {
        members.close();
    }
}
