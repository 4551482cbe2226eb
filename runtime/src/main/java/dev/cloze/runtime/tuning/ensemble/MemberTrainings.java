package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.PlanDisplay;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import dev.cloze.runtime.tuning.plan.PlanRun;
import dev.cloze.runtime.tuning.plan.StepTraining;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
public final class MemberTrainings {

    private static final Logger LOG = LoggerFactory.getLogger(MemberTrainings.class);

    /** Trains one of them. */
    @FunctionalInterface
    public interface Tuning {
        TuningResult<LabelProduct> tune(
                LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request);
    }

    /**
     * One of them.
     *
     * @param title what it is called, after the word "with"
     * @param task its own, with one template
     * @param change of the options, which makes it what it is
     */
    public record Member(String title, LabelTask task, UnaryOperator<TrainingOptions> change) {}

    private final List<Member> members;
    private final String noun;
    private final Tally tally;
    private final TuningRequest<LabelProduct> request;
    private final Map<String, String> more;

    /**
     * So many trainings.
     *
     * @param noun what one differs from another by, such as a template
     * @param tally how their products come to answers
     * @param more what else the trainings depend on, by name
     */
    public MemberTrainings(
            List<Member> members,
            String noun,
            Tally tally,
            TuningRequest<LabelProduct> request,
            Map<String, String> more) {
        this.members = List.copyOf(members);
        this.noun = noun;
        this.tally = tally;
        this.request = request;
        this.more = Map.copyOf(more);
    }

    /**
     * Trains them and has them answer together.
     *
     * @param options of all, but for what makes a member what it is
     * @param reader reads what was trained of a member
     */
    public TuningResult<LabelProduct> tune(
            TrainingOptions options,
            LabeledValues train,
            LabeledValues dev,
            Tuning tuning,
            BiFunction<LabelTask, SavedProduct, LabelProduct> reader) {
        WorkPlan work = new WorkPlan(IntStream.range(0, members.size())
                .mapToObj(i -> new WorkPlan.Step(name(i), options.maxSteps()))
                .toList());
        try (PlanRun plan = PlanRun.open(options.checkpointFolder());
                PlanDisplay display = new PlanDisplay(
                        work.updates(), work.toString(), request.training().quiet())) {
            List<FinishedStep> steps = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                steps.add(step(plan, display, work, i, options, train, dev, tuning));
            }
            return together(steps, options, reader);
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
            TrainingOptions options,
            LabeledValues train,
            LabeledValues dev,
            Tuning tuning) {
        Member member = members.get(place);
        Map<String, String> inputs =
                TrainingInputs.of(member.task(), member.change().apply(options), train, dev);
        inputs.putAll(more);
        String title = work.trainingNumber(name(place)) + " of " + work.trainings() + ", " + member.title();
        return plan.step(name(place), inputs, (result, scratch) -> {
            StepTraining training = new StepTraining(
                    plan,
                    request.training().then(member.change()),
                    display.of(title, work.updatesBefore(name(place))),
                    options.checkpointFolder() == null ? null : scratch);
            train(member.task(), training, train, dev, tuning, result);
        });
    }

    private void train(
            LabelTask one, StepTraining training, LabeledValues train, LabeledValues dev, Tuning tuning, Path result)
            throws IOException {
        TuningRequest<LabelProduct> own =
                new TuningRequest<>(training.request(), request.unlabeled(), TuningRequest.Rescue.none());
        TuningResult<LabelProduct> trained = tuned(() -> tuning.tune(one, train, dev, own), result);
        if (trained != null) {
            try (LabelProduct product = trained.product()) {
                training.requireWhole();
                SavedMember.write(result, new TuningResult<>(product, trained.training()));
            }
        }
    }

    /** Nothing where it diverged, which is then written down. */
    private static @Nullable TuningResult<LabelProduct> tuned(
            Supplier<TuningResult<LabelProduct>> training, Path result) throws IOException {
        try {
            return training.get();
        } catch (ClozeException e) {
            SavedMember.writeDiverged(result, StepTraining.diverged(e));
            return null;
        }
    }

    private TuningResult<LabelProduct> together(
            List<FinishedStep> steps,
            TrainingOptions options,
            BiFunction<LabelTask, SavedProduct, LabelProduct> reader) {
        List<EnsembleMember> trained = new ArrayList<>();
        Map<String, Double> metrics = new TreeMap<>();
        DataHash hash = new DataHash();
        List<String> diverged = new ArrayList<>();
        try {
            for (int i = 0; i < steps.size(); i++) {
                Member member = members.get(i);
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
                trained.add(new EnsembleMember(saved.open(step, product -> reader.apply(member.task(), product)), 1));
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
                    EnsembleProduct.of(trained, tally),
                    new TrainingRecord(options.seed(), options.values(), hash.hex(), metrics));
        } catch (RuntimeException | Error e) {
            trained.forEach(member -> member.product().close());
            throw e;
        }
    }
}
