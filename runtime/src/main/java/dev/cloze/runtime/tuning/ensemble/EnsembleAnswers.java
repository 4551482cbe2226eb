package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.joint.JointBackbone;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswer.ScoredWord;
import dev.cloze.runtime.tuning.Sharing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What members say of the same inputs, which comes together to one answer each: in the same batches of the model where all leave
 * it as it is, else one member after the other.
 *
 * @param each the members
 * @param joint what they ask; empty where each asks its own
 * @param <A> what a member answers as
 */
record EnsembleAnswers<A>(List<? extends A> each, Optional<JointBackbone> joint, double[] shares, Tally tally) {

    /** Inputs that all members have answered at a time: the answers of the others are gone by then. */
    private static final int CHUNK = 512;

    /** What a member says, in the order of the inputs. */
    interface Asked<A> {
        List<LabelAnswer> of(int place, A member, List<Map<String, String>> inputs);
    }

    /** Of members that may share their model. */
    static <A> EnsembleAnswers<A> of(EnsembleMembers<? extends A> members, Optional<Sharing<List<A>>> sharing) {
        return sharing.map(shared -> over(members, shared, shared.model().backbone()))
                .orElseGet(() -> new EnsembleAnswers<A>(
                        members.products(), Optional.empty(), members.shares(), members.tally()));
    }

    /** Of members that all ask that backbone. */
    static <A> EnsembleAnswers<A> over(EnsembleMembers<?> members, Sharing<List<A>> shared, Backbone other) {
        JointBackbone joint = other instanceof JointBackbone already ? already : JointBackbone.over(other);
        return new EnsembleAnswers<>(shared.over().apply(joint), Optional.of(joint), members.shares(), members.tally());
    }

    /** The answers, in the order of the inputs. */
    List<LabelAnswer> of(List<Map<String, String>> inputs, Asked<A> asked) {
        List<LabelAnswer> answers = new ArrayList<>(inputs.size());
        for (int from = 0; from < inputs.size(); from += CHUNK) {
            List<Map<String, String>> chunk = List.copyOf(inputs.subList(from, Math.min(inputs.size(), from + CHUNK)));
            List<List<LabelAnswer>> said = said(chunk, asked);
            for (int i = 0; i < chunk.size(); i++) {
                int input = i;
                answers.add(together(said.stream().map(of -> of.get(input)).toList()));
            }
        }
        return answers;
    }

    private List<List<LabelAnswer>> said(List<Map<String, String>> inputs, Asked<A> asked) {
        List<Supplier<List<LabelAnswer>>> questions = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            int place = i;
            questions.add(() -> asked.of(place, each.get(place), inputs));
        }
        Function<List<Supplier<List<LabelAnswer>>>, List<List<LabelAnswer>>> inTurn =
                all -> all.stream().map(Supplier::get).toList();
        return joint.map(together -> together.together(questions)).orElseGet(() -> inTurn.apply(questions));
    }

    private LabelAnswer together(List<LabelAnswer> said) {
        float[] scores = tally.together(said.stream().map(LabelAnswer::scores).toList(), shares);
        return new LabelAnswer(scores, words(said), said.stream().anyMatch(LabelAnswer::cut));
    }

    private record Word(String text, int label) {}

    /** A word's score is the mean of those members that have it, however labels are decided on. */
    private List<ScoredWord> words(List<LabelAnswer> said) {
        Map<Word, double[]> sums = new LinkedHashMap<>();
        for (int j = 0; j < shares.length; j++) {
            for (ScoredWord word : said.get(j).words()) {
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
}
