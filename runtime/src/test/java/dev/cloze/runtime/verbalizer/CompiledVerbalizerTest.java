package dev.cloze.runtime.verbalizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CompiledVerbalizerTest {

    private static final Offset<Float> CLOSE = within(1e-6f);
    private static final WordList VOCABULARY = WordList.of("[UNK]", "great", "good", "gr", "bad", "ly", "awful");
    private static final float[] LOGITS = {.3f, 2, 1, -.5f, .7f, 1.2f};

    enum Mood {
        UP,
        DOWN
    }

    @Test
    void aLabelsScoreIsTheMeanOfItsWordsRawLogits() {
        CompiledVerbalizer<Mood> verbalizer = upAndDown();
        float[] scores = verbalizer.labelScores(words(verbalizer, LOGITS));

        assertThat(scores).containsExactly(new float[] {1.5f, .7f}, CLOSE);
        assertThat(Logits.logSoftmax(scores)).containsExactly(new float[] {-.3711007f, -1.1711007f}, CLOSE);
        assertThat(verbalizer.tokenIds()).containsExactly(1, 2, 4);
    }

    @Test
    void openPromptsPipelineGivesTheSameProbabilities() {
        CompiledVerbalizer<Mood> verbalizer = upAndDown();
        float[] scores = verbalizer.labelScores(Logits.logSoftmax(words(verbalizer, LOGITS)));

        assertThat(scores).containsExactly(new float[] {-.994947f, -1.794947f}, CLOSE);
        assertThat(Logits.logSoftmax(scores)).containsExactly(new float[] {-.3711007f, -1.1711007f}, CLOSE);
    }

    @Test
    void contextualCalibrationInTheOrderOfTheReferenceDividesAndRenormalisesWords() {
        CompiledVerbalizer<Mood> verbalizer = upAndDown();
        float[] context = words(verbalizer, new float[] {.1f, 1, .2f, 0, .9f, .3f});
        WordCalibration calibration = WordCalibration.contextual(List.of(context), Compat.REFERENCE);

        assertThat(verbalizer.labelScores(calibration.apply(words(verbalizer, LOGITS))))
                .containsExactly(new float[] {-.8513807f, -1.9513807f}, CLOSE);
    }

    @Test
    void labelWeightsAreTheSameMapAsTheScores() {
        for (MultiTokenWords choice : new MultiTokenWords[] {MultiTokenWords.FIRST, MultiTokenWords.MEAN}) {
            CompiledVerbalizer<Mood> verbalizer =
                    compile(choice, List.of("great", "good-ly"), List.of("bad", "awful-ly", "gr"));
            int[] ids = verbalizer.tokenIds();
            float[] logits = new float[ids.length];
            for (int i = 0; i < ids.length; i++) {
                logits[i] = 10f / (ids[i] + 3);
            }
            float[] scores = verbalizer.labelScores(verbalizer.wordScores(logits));
            float[][] weights = verbalizer.labelWeights();

            for (int label = 0; label < scores.length; label++) {
                float sum = 0;
                for (int i = 0; i < logits.length; i++) {
                    sum += weights[label][i] * logits[i];
                }
                assertThat(sum).isCloseTo(scores[label], CLOSE);
            }
        }
    }

    @Test
    void aWordOfSeveralTokensIsTreatedAsChosen() {
        List<String> up = List.of("gr-ly");
        List<String> down = List.of("bad");
        assertThatThrownBy(() -> compile(MultiTokenWords.REJECT, up, down))
                .hasMessageStartingWith("[VerbalizerMultiTokenWord] \"gr-ly\" is 2 tokens of the model: gr ly.")
                .hasMessageContaining("One token each: \"great\", \"good\", \"gr\".");
        assertThat(compile(MultiTokenWords.FIRST, up, down).tokenIds()).containsExactly(3, 4);
        assertThat(compile(MultiTokenWords.MEAN, up, down).wordScores(new float[] {2, 4, 7}))
                .containsExactly(3, 7);
        assertThat(compile(MultiTokenWords.MEAN, up, down).isJoint()).isFalse();
        assertThat(compile(MultiTokenWords.JOINT, up, down).isJoint()).isTrue();
        assertThat(compile(MultiTokenWords.JOINT, List.of("good"), down).isJoint())
                .isFalse();
    }

    @Test
    void wordsThatCannotServeAreRefused() {
        List<String> bad = List.of("bad");
        assertRefused(List.of("xylo"), bad, "[VerbalizerUnknownWord] \"xylo\" is unknown to the model, whose");
        assertRefused(List.of(), bad, "[VerbalizerEmptyWords] UP has an empty list of label words.");
        assertRefused(List.of("good", " "), bad, "[VerbalizerEmptyWords] UP has a blank label word.");
        assertRefused(
                List.of("good", "bad"), bad, "[VerbalizerDuplicateWord] \"bad\" is a label word of both UP and DOWN.");
        assertRefused(List.of("good", "good"), bad, "[VerbalizerDuplicateWord] \"good\" is written twice for UP.");
        assertRefused(List.of("Bad"), bad, "\"Bad\" of UP and \"bad\" of DOWN are the same to the model: bad.");
        assertThatThrownBy(() -> compile(MultiTokenWords.FIRST, List.of("bad-ly"), bad))
                .hasMessageContaining("[VerbalizerDuplicateWord]");
    }

    @Test
    void everyConstantOfTheEnumNeedsWords() {
        assertThatThrownBy(() -> CompiledVerbalizer.compile(
                        Map.of(Mood.UP, List.of("good")), MultiTokenWords.JOINT, VOCABULARY, true))
                .hasMessageStartingWith("[VerbalizerTooFewLabels] The task has one label, UP, and a classification");
        assertThatThrownBy(() -> CompiledVerbalizer.compile(
                        Map.of(Thread.State.NEW, List.of("good"), Thread.State.BLOCKED, List.of("bad")),
                        MultiTokenWords.JOINT,
                        VOCABULARY,
                        true))
                .hasMessageContaining("[VerbalizerMissingLabel] RUNNABLE of State has no label words.");
    }

    private static void assertRefused(List<String> up, List<String> down, String message) {
        assertThatThrownBy(() -> compile(MultiTokenWords.JOINT, up, down)).hasMessageContaining(message);
    }

    private static CompiledVerbalizer<Mood> upAndDown() {
        return compile(MultiTokenWords.REJECT, List.of("great", "good"), List.of("bad"));
    }

    private static CompiledVerbalizer<Mood> compile(MultiTokenWords choice, List<String> up, List<String> down) {
        Map<Mood, List<String>> words = new LinkedHashMap<>();
        words.put(Mood.UP, up);
        words.put(Mood.DOWN, down);
        return CompiledVerbalizer.compile(words, choice, VOCABULARY, true);
    }

    /** Word scores from the logits of the whole vocabulary. */
    private static float[] words(CompiledVerbalizer<?> verbalizer, float[] logits) {
        int[] ids = verbalizer.tokenIds();
        float[] chosen = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            chosen[i] = logits[ids[i]];
        }
        return verbalizer.wordScores(chosen);
    }
}
