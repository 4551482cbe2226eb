package dev.cloze.runtime.backbone.t5;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buckets as transformers 4.57.1 computes them with torch 2.7.1. */
class RelativeBucketsTest {

    @ParameterizedTest
    @CsvSource({
        "32, 128, true, -400:15 -90:14 -63:13 -45:12 -31:11 -22:10 -15:9 -11:8 -7:7 -6:6 -5:5 -4:4 -3:3 -2:2 -1:1 0:0 1:17"
                + " 2:18 3:19 4:20 5:21 6:22 7:23 8:24 12:25 16:26 23:27 32:28 46:29 64:30 91:31",
        "32, 128, false, -400:31 -112:30 -98:29 -86:28 -76:27 -66:26 -58:25 -51:24 -45:23 -39:22 -34:21 -30:20 -26:19"
                + " -23:18 -20:17 -18:16 -15:15 -14:14 -13:13 -12:12 -11:11 -10:10 -9:9 -8:8 -7:7 -6:6 -5:5 -4:4 -3:3 -2:2"
                + " -1:1 0:0",
        "8, 20, true, -400:3 -6:2 -1:1 0:0 1:5 2:6 7:7",
        "8, 20, false, -400:7 -13:6 -8:5 -5:4 -3:3 -2:2 -1:1 0:0"
    })
    void aBucketBeginsWhereTheReferenceHasIt(int count, int maxDistance, boolean bothWays, String expected) {
        RelativeBuckets buckets = new RelativeBuckets(count, maxDistance, bothWays);
        StringBuilder found = new StringBuilder();
        for (int distance = -400; distance <= 400; distance++) {
            if (distance == -400 || buckets.of(distance) != buckets.of(distance - 1)) {
                found.append(found.isEmpty() ? "" : " ").append(distance + ":" + buckets.of(distance));
            }
        }
        assertThat(found).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"-3, 4", "0, 0"})
    void aRangeHasTheBucketOfEachDistance(int from, int to) {
        RelativeBuckets buckets = new RelativeBuckets(8, 20, true);
        long[] range = buckets.range(from, to);
        assertThat(range).hasSize(to - from + 1);
        for (int i = 0; i < range.length; i++) {
            assertThat(range[i]).isEqualTo(buckets.of(from + i));
        }
    }
}
