package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.ShownRuns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is seen of several trainings that belong together, in a process of its own. */
class PlanBarTest {

    /** Work done and in all, the time that went by, and the time that is left. */
    private static final Pattern BAR = Pattern.compile(
            "Training +(\\d+)% .* +(\\d+)/(\\d+) \\((\\d+:\\d\\d:\\d\\d) / (\\?|\\d+:\\d\\d:\\d\\d)\\)");

    private static String shown(String run) throws IOException, InterruptedException {
        return ChildJvm.start(ShownRuns.class, List.of(run)).output();
    }

    @Test
    void petHasOneBarOverAllItsTrainingsAndLabellings() throws Exception {
        // Two models of 2 steps, the labels of 24 texts like 2 steps each, and 2 steps of the classifier.
        assertOneBar(shown("PET"), 2 * (2 + 2) + 2, "1 of 3, pattern-1-1", "2 of 3, pattern-2-1", "3 of 3, classifier");
    }

    @Test
    void ipetHasOneBarOverAllGenerations() throws Exception {
        assertOneBar(
                shown("IPET"),
                2 * 4 * (2 + 2) + 2,
                "1 of 9, generation-1-pattern-1-1",
                "8 of 9, generation-2-pattern-2-2",
                "9 of 9, classifier");
    }

    private static void assertOneBar(String shown, int work, String... titles) {
        List<Integer> done = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Matcher bar = BAR.matcher(shown.replace('\r', '\n'));
        while (bar.find()) {
            done.add(Integer.valueOf(bar.group(2)));
            assertThat(bar.group(3)).isEqualTo(Integer.toString(work));
            left.add(bar.group(5));
        }
        assertThat(done).isSorted().hasSizeGreaterThan(5);
        assertThat(done.get(done.size() - 1)).isEqualTo(work);
        assertThat(left).as("the time left").anyMatch(time -> !time.equals("?"));
        assertThat(shown).contains(titles);
    }

    @Test
    void aSearchForTemplatesHasOneBarOverAllItsTrainings() throws Exception {
        // Forty tokens are written, then there are trainings of two steps with each of three templates.
        assertOneBar(shown("SEARCH"), 40 + 3 * 2, "1 of 3, \"", "2 of 3, \"", "3 of 3, \"");
    }

    @Test
    void aSearchForWordsHasOneBarOverAllItsTrainings() throws Exception {
        // Eight examples are asked about thrice, four at a time; then there are two steps with each of two templates
        // and three sets.
        assertOneBar(shown("WORDS"), 8 * 3 / 4 + 3 * 2 * 2, "1 of 3, {POSITI", "2 of 3, {POSITI", "3 of 3, {POSITI");
    }
}
