package dev.cloze.benchmarks.accuracy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ClozeTrainer;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.Fact;
import dev.cloze.testkit.data.LamaFacts;
import dev.cloze.testkit.data.SharedFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a model knows of LAMA's relations: the table of {@code docs/guide/cloze-tasks.md}. Facts whose object is not one token of the
 * model are left out, as LAMA does. Of the others a third, in an order drawn once, is to measure with; P-tuning learns from the
 * rest, of which 100 choose the best prompt, while the model stays as it is.
 */
public final class FactTable {

    private static final List<String> RELATIONS = List.of("P103", "P19", "P364", "P495");
    private static final int STEPS = 400;
    private static final int DEV = 100;

    private final LamaFacts lama;
    private final String model;

    private FactTable(LamaFacts lama, String model) {
        this.lama = lama;
        this.model = model;
    }

    /** Measures the relations that are named, or else some that the small model has words for. */
    public static void main(String[] relations) {
        Path data = SharedFolder.data().orElseThrow(() -> new IllegalStateException(SharedFolder.MISSING));
        FactTable table = new FactTable(LamaFacts.in(data), System.getProperty("model", "cloze-small-en"));
        System.out.println("| relation | facts | most frequent | P@1 | P@10 | MRR | P@1 of candidates"
                + " | P@1 tuned | MRR tuned | P@1 of candidates tuned |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        (relations.length > 0 ? List.of(relations) : RELATIONS).forEach(table::measure);
    }

    private void measure(String relation) {
        String template = lama.template(relation);
        List<Answered<Fact>> facts = new ArrayList<>();
        for (Fact fact : lama.facts(relation)) {
            facts.add(new Answered<>(fact, fact.object()));
        }
        ClozeTask<Fact> plain = task(template, TuningMethod.PROMPT_FINE_TUNING);
        List<Answered<Fact>> known = new ArrayList<>(ClozeTrainer.of(plain).answerable(facts));
        Collections.shuffle(known, new Random(7));
        List<Answered<Fact>> test = known.subList(0, known.size() / 3);
        List<Answered<Fact>> dev = known.subList(test.size(), test.size() + DEV);
        List<Answered<Fact>> train = known.subList(test.size() + DEV, known.size());
        List<String> objects = known.stream().map(Answered::answer).distinct().toList();
        StringBuilder row = new StringBuilder("| " + relation + " " + template + " | " + test.size() + " |");
        row.append(number(mostFrequent(train, test)));
        try (ClozePipeline<Fact> zero = ClozePipeline.zeroShot(plain)) {
            ClozeEvaluation open = zero.evaluate(test);
            row.append(number(open.precisionAt(1)))
                    .append(number(open.precisionAt(10)))
                    .append(number(open.meanReciprocalRank()))
                    .append(number(zero.evaluate(test, objects).precisionAt(1)));
        }
        try (ClozePipeline<Fact> tuned = trainer(template).fit(train, dev)) {
            ClozeEvaluation open = tuned.evaluate(test);
            row.append(number(open.precisionAt(1)))
                    .append(number(open.meanReciprocalRank()))
                    .append(number(tuned.evaluate(test, objects).precisionAt(1)));
        }
        System.out.println(row);
    }

    /** P@1 of always giving the answer that is the most frequent among the training facts. */
    private static double mostFrequent(List<Answered<Fact>> train, List<Answered<Fact>> test) {
        Map<String, Long> counts = train.stream().collect(groupingBy(Answered::answer, counting()));
        String most = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
        return test.stream().filter(fact -> fact.answer().equals(most)).count() / (double) test.size();
    }

    /** LAMA's words stay as anchors; three virtual tokens stand before the whole and on both sides of the gap. */
    private ClozeTrainer<Fact> trainer(String template) {
        String soft = "{soft:3} " + template.replace("{mask}", "{soft:3} {mask} {soft:3}");
        return ClozeTrainer.of(task(soft, TuningMethod.P_TUNING)).quiet().options(options -> options.with(
                        TuningOptions.FREEZE_BACKBONE, true)
                .withMaxSteps(STEPS)
                .withBatchSize(16)
                .withEvaluateEvery(50)
                .withSeed(13));
    }

    private ClozeTask<Fact> task(String template, TuningMethod method) {
        return ClozeTask.of(Fact.class)
                .template(template)
                .placeholder("subject", Fact::subject)
                .tuning(TaskTuning.of(method, model))
                .build();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, " %.3f |", value);
    }
}
