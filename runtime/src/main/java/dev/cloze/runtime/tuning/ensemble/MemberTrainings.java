package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.mask.Support;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trainings whose products answer together. One training is in memory at a time; what the others left is on disk, and a run that is
 * stopped goes on from there. One that diverges is told and left out.
 */
public final class MemberTrainings<K, P extends Product> {

    private static final Logger LOG = LoggerFactory.getLogger(MemberTrainings.class);

    /**
     * One of them.
     *
     * @param title what it is called, after the word "with"
     * @param task its own, with one template
     * @param change of the options, which makes it what it is
     */
    public record Member<K>(String title, K task, UnaryOperator<TrainingOptions> change) {}

    private final List<Member<K>> members;
    private final MemberKind<K, P> kind;
    private final String noun;
    private final Tally tally;
    private final TuningRequest<P> request;
    private final Map<String, String> more;

    /**
     * So many trainings.
     *
     * @param kind tunes, reads and puts together
     * @param noun what one differs from another by, such as a template
     * @param tally how their products come to answers
     * @param more what else the trainings depend on, by name
     */
    public MemberTrainings(
            List<Member<K>> members,
            MemberKind<K, P> kind,
            String noun,
            Tally tally,
            TuningRequest<P> request,
            Map<String, String> more) {
        this.members = List.copyOf(members);
        this.kind = kind;
        this.noun = noun;
        this.tally = tally;
        this.request = request;
        this.more = Map.copyOf(more);
    }

    /**
     * Trains them and has them answer together.
     *
     * @param options of all, but for what makes a member what it is
     */
    public TuningResult<P> tune(TrainingOptions options) {
        WorkPlan work = new WorkPlan(IntStream.range(0, members.size())
                .mapToObj(i -> new WorkPlan.Step(name(i), options.maxSteps()))
                .toList());
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(
                        work.updates(), work.toString(), request.training().quiet())) {
            Map<String, String> common = new HashMap<>(more);
            common.putAll(Support.identity(options, request.unlabeled()));
            List<FinishedStep> steps = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                steps.add(step(plan, display, work, i, common, options));
            }
            return together(steps, options);
        }
    }

    private static String name(int member) {
        return "model-" + (member + 1);
    }

    private FinishedStep step(
            PlanRun plan,
            PlanDisplay display,
            WorkPlan work,
            int place,
            Map<String, String> common,
            TrainingOptions options) {
        Member<K> member = members.get(place);
        Map<String, String> inputs = kind.inputs(member.task(), member.change().apply(options));
        inputs.putAll(common);
        String title = work.trainingNumber(name(place)) + " of " + work.trainings() + ", " + member.title();
        return plan.step(name(place), inputs, (result, scratch) -> {
            StepTraining training = new StepTraining(
                    plan,
                    request.training().then(member.change()),
                    display.of(title, work.updatesBefore(name(place))),
                    options.checkpointFolder() == null ? null : scratch);
            train(member.task(), training, result);
        });
    }

    private void train(K one, StepTraining training, Path result) throws IOException {
        TuningRequest<P> own =
                new TuningRequest<>(training.request(), request.unlabeled(), TuningRequest.Rescue.none());
        TuningResult<P> trained = tuned(() -> kind.tune(one, own), result);
        if (trained != null) {
            try (P product = trained.product()) {
                training.requireWhole();
                SavedMember.write(result, new TuningResult<>(product, trained.training()));
            }
        }
    }

    /** Nothing where it diverged, which is then written down. */
    private static <P extends Product> @Nullable TuningResult<P> tuned(Supplier<TuningResult<P>> training, Path result)
            throws IOException {
        try {
            return training.get();
        } catch (ClozeException e) {
            SavedMember.writeDiverged(result, StepTraining.diverged(e));
            return null;
        }
    }

    private TuningResult<P> together(List<FinishedStep> steps, TrainingOptions options) {
        List<EnsembleMember<P>> trained = new ArrayList<>();
        Map<String, Double> metrics = new TreeMap<>();
        DataHash hash = new DataHash();
        List<String> diverged = new ArrayList<>();
        try {
            for (int i = 0; i < steps.size(); i++) {
                Member<K> member = members.get(i);
                FinishedStep step = steps.get(i);
                SavedMember saved = SavedMember.read(step);
                if (!saved.diverged().isEmpty()) {
                    diverged.add(saved.diverged());
                    LOG.warn(
                            "The training with {} diverged, and the others go on without it: {}",
                            member.title(),
                            saved.diverged());
                    continue;
                }
                trained.add(new EnsembleMember<>(saved.open(step, product -> kind.read(member.task(), product)), 1));
                hash.add(step.hash());
                String suffix = " of " + noun + " " + (i + 1);
                Objects.requireNonNull(saved.training())
                        .metrics()
                        .forEach((metric, value) -> metrics.put(metric + suffix, value));
            }
            if (trained.isEmpty()) {
                throw new ClozeException(
                        Problem.TRAINING_DIVERGED,
                        "The trainings with all " + steps.size()
                                + " " + noun + "s diverged, so that nothing is left to answer.\n  "
                                + diverged.get(0).strip());
            }
            return new TuningResult<>(
                    kind.together(trained, tally),
                    new TrainingRecord(options.seed(), options.values(), hash.hex(), metrics));
        } catch (RuntimeException | Error e) {
            trained.forEach(member -> member.product().close());
            throw e;
        }
    }
}
