package dev.cloze.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.tuning.RatedValues;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleEndTest {

    private static final DeclaredScale SCALE = new DeclaredScale(0, 5, "No", "Yes");

    private static int[] ends(ScaleEnd by, double... values) {
        return by.of(new RatedValues(Collections.nCopies(values.length, Map.of()), values), SCALE);
    }

    @Test
    void whatLiesAboveTheMedianIsHigh() {
        assertThat(ends(ScaleEnd.BY_MEDIAN, 4, 1, 3, 2)).containsExactly(1, 0, 1, 0);
        assertThat(ends(ScaleEnd.BY_MEDIAN, 4, 3, 5)).containsExactly(0, 0, 1);
        assertThat(ends(ScaleEnd.BY_MEDIAN, 0, 0, 0, 1)).containsExactly(0, 0, 0, 1);
    }

    @Test
    void whereNothingLiesAboveTheMedianItsValueIsHigh() {
        assertThat(ends(ScaleEnd.BY_MEDIAN, 0, 5, 5, 5)).containsExactly(0, 1, 1, 1);
    }

    @Test
    void theMiddleOfTheScaleIsHigh() {
        assertThat(ends(ScaleEnd.BY_MIDDLE, 2.4, 2.5, 5, 0)).containsExactly(0, 1, 1, 0);
    }
}
