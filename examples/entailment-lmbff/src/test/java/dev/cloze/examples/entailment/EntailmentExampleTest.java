package dev.cloze.examples.entailment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.runtime.spi.DefaultBackbone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on the quick model, which learns to tell pairs apart by what it is shown, if little of the world. */
class EntailmentExampleTest {

    @BeforeEach
    void chooseTheQuickModel() {
        System.setProperty(DefaultBackbone.QUICK, "true");
    }

    @AfterEach
    void chooseTheDefaultModelAgain() {
        System.clearProperty(DefaultBackbone.QUICK);
    }

    @Test
    void itTunesSavesAndLoadsAndReportsAllOfIt(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("pipeline");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        EntailmentExample.Outcome outcome =
                EntailmentExample.run(folder, 120, new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(outcome.loadedIsSame()).isTrue();
        List<Labeled<Pair, Verdict>> test = PairFile.read("test.tsv");
        FewShotSplit<Labeled<Pair, Verdict>> split = FewShotSampler.split(
                PairFile.read("train.tsv"), Labeled::label, EntailmentExample.EXAMPLES_A_LABEL, EntailmentExample.SEED);
        try (PromptPipeline<Pair, Verdict> tuned = PairPipeline.load(folder);
                PromptPipeline<Pair, Verdict> untrained = PairPipeline.zeroShot();
                PromptPipeline<Pair, Verdict> inContext =
                        PairPipeline.trainer().method(TuningMethod.IN_CONTEXT).fit(split.train())) {
            assertThat(outcome.zeroShot()).isEqualTo(untrained.evaluate(test).accuracy());
            assertThat(outcome.inContext()).isEqualTo(inContext.evaluate(test).accuracy());
            assertThat(outcome.tuned()).isEqualTo(tuned.evaluate(test).accuracy());
            // Pairs of other premises take knowledge of the world, which so small a model has not.
            assertThat(tuned.evaluate(split.train()).accuracy())
                    .as("what it learnt from")
                    .isGreaterThan(0.85)
                    .isGreaterThan(untrained.evaluate(split.train()).accuracy() + 0.25);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Zero-shot: accuracy", "In context, nothing trained:", "Tuned with demonstrations:");
        assertThat(Files.readString(folder.resolve("manifest.json"))).contains("LM_BFF", "cloze-tiny-en");
        assertThat(Files.readString(folder.resolve("texts.json"))).contains("demonstrations.texts of premise");
    }

    @Test
    void everyPremiseIsThereOnceWithBothHypotheses() throws IOException {
        List<Labeled<Pair, Verdict>> train = PairFile.read("train.tsv");
        List<Labeled<Pair, Verdict>> test = PairFile.read("test.tsv");
        assertThat(train).hasSizeGreaterThanOrEqualTo(48);
        assertThat(test).hasSizeGreaterThanOrEqualTo(24);
        List<String> premises = java.util.stream.Stream.concat(train.stream(), test.stream())
                .filter(one -> one.label() == Verdict.FOLLOWS)
                .map(one -> one.input().premise())
                .toList();
        assertThat(premises)
                .doesNotHaveDuplicates()
                .allSatisfy(text -> assertThat(text).isEqualTo(text.strip()).endsWith("."));
    }
}
