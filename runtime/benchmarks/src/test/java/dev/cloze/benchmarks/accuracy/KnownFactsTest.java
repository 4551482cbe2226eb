package dev.cloze.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.ClozeTrainer;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.testkit.data.CountryFacts;
import dev.cloze.testkit.data.Fact;
import dev.cloze.testkit.data.LamaFacts;
import dev.cloze.testkit.data.SharedFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the default model knows of LAMA's relations and of countries, and that a prompt of virtual tokens asks better. */
class KnownFactsTest {

    private static final String MODEL = "cloze-small-en";

    @SuppressWarnings("NullAway.Init") // by JUnit
    private static Path data;

    @BeforeAll
    static void find() {
        assumeTrue(SharedFolder.data().isPresent(), SharedFolder.MISSING);
        data = SharedFolder.data().orElseThrow();
    }

    /** Of thousands of words one is right by chance in thousands. */
    @ParameterizedTest
    @CsvSource({"P103, 977, 0.10", "P364, 856, 0.10", "P19, 944, 0.03"})
    void relationsAreKnownToSomeDegree(String relation, int facts, double atLeast) {
        LamaFacts lama = LamaFacts.in(data);
        List<Answered<Fact>> all = answered(lama.facts(relation));
        assertThat(all).hasSize(facts);
        try (ClozePipeline<Fact> zero = ClozePipeline.zeroShot(task(lama.template(relation)))) {
            ClozeEvaluation open = zero.evaluate(all.subList(0, 200)).ofAnswerable();
            assertThat(open.precisionAt(1)).isGreaterThan(atLeast);
            assertThat(open.precisionAt(10)).isGreaterThan(open.precisionAt(1));
            List<String> objects = all.subList(0, 200).stream()
                    .map(Answered::answer)
                    .distinct()
                    .toList();
            assertThat(zero.evaluate(all.subList(0, 200), objects).precisionAt(1))
                    .isGreaterThanOrEqualTo(zero.evaluate(all.subList(0, 200)).precisionAt(1));
        }
    }

    @Test
    void continentsAreToldAmongContinents() {
        List<Answered<Fact>> countries = answered(CountryFacts.continents(data)).subList(0, 80);
        List<String> continents =
                List.of("Africa", "Antarctica", "Asia", "Europe", "North America", "Oceania", "South America");
        try (ClozePipeline<Fact> zero = ClozePipeline.zeroShot(task("{subject} is a country in {mask} ."))) {
            ClozeEvaluation measured = zero.evaluate(countries, continents);
            assertThat(measured.unanswerable()).isZero();
            assertThat(measured.meanReciprocalRank()).isGreaterThan(0.45);
        }
        assertThat(CountryFacts.capitals(data)).hasSizeGreaterThan(200).contains(new Fact("Albania", "Tirana"));
    }

    @Test
    void virtualTokensAskBetterOfAModelThatStaysAsItIs() {
        LamaFacts lama = LamaFacts.in(data);
        String template = lama.template("P103");
        ClozeTrainer<Fact> trainer = ClozeTrainer.of(task("{soft:3} " + template.replace("{mask}", "{soft:3} {mask}")))
                .method(TuningMethod.P_TUNING)
                .quiet()
                .options(options -> options.with(TuningOptions.FREEZE_BACKBONE, true)
                        .withMaxSteps(60)
                        .withSeed(13));
        List<Answered<Fact>> known = trainer.answerable(answered(lama.facts("P103")));
        List<Answered<Fact>> test = known.subList(0, 100);
        double before;
        try (ClozePipeline<Fact> zero = ClozePipeline.zeroShot(task(template))) {
            before = zero.evaluate(test).precisionAt(1);
        }
        try (ClozePipeline<Fact> tuned = trainer.fit(known.subList(100, 300))) {
            assertThat(tuned.evaluate(test).precisionAt(1)).isGreaterThan(before + 0.1);
        }
    }

    private static List<Answered<Fact>> answered(List<Fact> facts) {
        return facts.stream().map(fact -> new Answered<>(fact, fact.object())).toList();
    }

    private static ClozeTask<Fact> task(String template) {
        return ClozeTask.of(Fact.class)
                .template(template)
                .placeholder("subject", Fact::subject)
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, MODEL))
                .build();
    }
}
