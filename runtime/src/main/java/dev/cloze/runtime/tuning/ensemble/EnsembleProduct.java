package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.backbone.joint.JointBackbone;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswer.ScoredWord;
import dev.cloze.runtime.tuning.LabelAnswers;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Sharing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Products that answer together, whatever makes their scores. Members may have templates, words and models of their own; those of one
 * model share its weights and its tokenizer, and where all leave it as it is, they ask it in the same batches.
 */
public final class EnsembleProduct implements LabelProduct {

    /** Inputs that all members have answered at a time: the answers of the others are gone by then. */
    private static final int CHUNK = 512;

    private final List<LabelProduct> members;
    private final double[] shares;
    private final Tally tally;
    private final ProductIdentity identity;
    private final Optional<Sharing<List<LabelAnswers>>> sharing;

    private EnsembleProduct(List<LabelProduct> members, double[] shares, Tally tally) {
        this.members = List.copyOf(members);
        this.shares = shares;
        this.tally = tally;
        this.identity = EnsembleIdentity.of(
                this.members.stream().map(LabelProduct::identity).toList(), shares, tally);
        this.sharing =
                Sharing.all(this.members.stream().map(LabelProduct::sharing).toList());
    }

    /** Takes over its members, at least one, whose scores are averaged; with weights that are all 0 each counts the same. */
    public static EnsembleProduct of(List<EnsembleMember> members) {
        return of(members, Tally.SCORES);
    }

    /** The same with scores that come together so. */
    public static EnsembleProduct of(List<EnsembleMember> members, Tally tally) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("an ensemble has one member at least");
        }
        double[] weights = members.stream().mapToDouble(EnsembleMember::weight).toArray();
        return new EnsembleProduct(members.stream().map(EnsembleMember::product).toList(), Shares.of(weights), tally);
    }

    /** Opens a member as it was saved. */
    @FunctionalInterface
    public interface MemberReader {

        /** @param template the place of its template among the distinct templates of the ensemble, from 0 */
        LabelProduct read(int template, SavedProduct saved);
    }

    /** Whether this was saved of an ensemble. */
    public static boolean isSavedIn(SavedProduct saved) {
        return EnsembleIdentity.isOf(saved.settings());
    }

    /** Whether this is of an ensemble. */
    public static boolean isOf(ProductIdentity identity) {
        return EnsembleIdentity.isOf(identity.settings());
    }

    /** What was saved of an ensemble; what it is made for is checked before any tensor is read. */
    public static EnsembleProduct read(SavedProduct saved, MemberReader reader) {
        SavedMembers parts = SavedMembers.of(saved);
        List<ProductIdentity> identities = new ArrayList<>();
        parts.each((template, member) -> identities.add(IdentityKnown.of(template, member, reader)));
        saved.fit().accept(EnsembleIdentity.of(identities, parts.shares(), parts.tally()));
        Opened opened = new Opened();
        try {
            parts.each((template, member) -> opened.members.add(reader.read(template, member)));
            return new EnsembleProduct(opened.members, parts.shares(), parts.tally());
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** Members on the way, which are closed together. */
    private static final class Opened implements AutoCloseable {
        private final List<LabelProduct> members = new ArrayList<>();

        @Override
        public void close() {
            members.forEach(LabelProduct::close);
        }
    }

    @Override
    public List<LabelAnswer> answer(List<Map<String, String>> inputs) {
        return sharing.map(
                        shared -> over(shared, JointBackbone.over(shared.model().backbone())))
                .orElse(inOrder())
                .answer(inputs);
    }

    @Override
    public Optional<Sharing<LabelAnswers>> sharing() {
        return sharing.map(shared -> new Sharing<>(
                shared.model(),
                other -> over(shared, other instanceof JointBackbone joint ? joint : JointBackbone.over(other))));
    }

    /** Each asks its own model, one after the other. */
    private LabelAnswers inOrder() {
        return inputs -> answer(
                inputs, chunk -> members.stream().map(by -> by.answer(chunk)).toList());
    }

    /** All ask that backbone in the same batches. */
    private LabelAnswers over(Sharing<List<LabelAnswers>> shared, JointBackbone joint) {
        List<LabelAnswers> each = shared.over().apply(joint);
        return inputs -> answer(
                inputs,
                chunk -> joint.together(each.stream()
                        .map(by -> (Supplier<List<LabelAnswer>>) () -> by.answer(chunk))
                        .toList()));
    }

    private List<LabelAnswer> answer(
            List<Map<String, String>> inputs, Function<List<Map<String, String>>, List<List<LabelAnswer>>> asked) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            List<Map<String, String>> chunk = List.copyOf(inputs.subList(from, Math.min(inputs.size(), from + CHUNK)));
            List<List<LabelAnswer>> each = asked.apply(chunk);
            for (int i = 0; i < chunk.size(); i++) {
                int input = i;
                answers.add(together(each.stream().map(of -> of.get(input)).toList()));
            }
        }
        return answers;
    }

    private LabelAnswer together(List<LabelAnswer> each) {
        float[] scores = tally.together(each.stream().map(LabelAnswer::scores).toList(), shares);
        return new LabelAnswer(scores, words(each), each.stream().anyMatch(LabelAnswer::cut));
    }

    private record Word(String text, int label) {}

    /** A word's score is the mean of those members that have it, however labels are decided on. */
    private List<ScoredWord> words(List<LabelAnswer> each) {
        Map<Word, double[]> sums = new LinkedHashMap<>();
        for (int j = 0; j < shares.length; j++) {
            for (ScoredWord word : each.get(j).words()) {
                double[] sum = sums.computeIfAbsent(new Word(word.text(), word.label()), any -> new double[2]);
                sum[0] += shares[j] * word.score();
                sum[1] += shares[j];
            }
        }
        List<ScoredWord> words = new ArrayList<>();
        sums.forEach((word, sum) -> {
            if (sum[1] > 0) {
                words.add(new ScoredWord(word.text(), word.label(), (float) (sum[0] / sum[1])));
            }
        });
        return List.copyOf(words);
    }

    @Override
    public ProductIdentity identity() {
        return identity;
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        each((prefix, member) -> putAll(tensors, member.tensors(), name -> prefix + name));
        return tensors;
    }

    @Override
    public Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        each((prefix, member) -> putAll(texts, member.texts(), name -> prefix + name));
        return texts;
    }

    private interface OfMember {
        void take(String prefix, LabelProduct member);
    }

    private void each(OfMember taker) {
        for (int i = 0; i < members.size(); i++) {
            taker.take(EnsembleIdentity.prefix(i), members.get(i));
        }
    }

    private static <T> void putAll(Map<String, T> to, Map<String, T> from, UnaryOperator<String> name) {
        from.forEach((key, value) -> to.put(name.apply(key), value));
    }

    @Override
    public void close() {
        members.forEach(LabelProduct::close);
    }
}
