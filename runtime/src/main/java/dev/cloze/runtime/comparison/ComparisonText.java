package dev.cloze.runtime.comparison;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A comparison's result as a table, and who is ahead of whom. */
final class ComparisonText {

    /** With fewer that are measured on, one answer is two points and more. */
    private static final int FEW = 50;

    private ComparisonText() {}

    static String of(ComparisonResult result) {
        List<ComparedMethod> ranked = result.ranked();
        int width = rows(result).mapToInt(row -> row.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(head(result));
        text.append(String.format("Accuracy in percent, mean (standard deviation), and mean macro-F1:%n"));
        rows(result).sorted(ComparisonResult.BEST_FIRST).forEach(row -> text.append(line(row, width)));
        ranked.stream().skip(1).forEach(other -> text.append(ahead(ranked.get(0), other)));
        if (result.tested() < FEW) {
            text.append(format(
                    "Only %d example%s measured on, so that one answer is %.1f points: label more before you choose by this.%n",
                    result.tested(), result.tested() == 1 ? " is" : "s are", 100.0 / result.tested()));
        }
        return text.toString();
    }

    private static Stream<ComparedMethod> rows(ComparisonResult result) {
        return Stream.concat(result.methods().stream(), Stream.of(result.commonest()));
    }

    private static String head(ComparisonResult result) {
        return format(
                "%d examples a label to learn from, %d to choose by, %,d in all to measure on; %s. Seeds: %s.%n",
                result.k(),
                result.k(),
                result.tested(),
                splits(result.seeds().size()),
                result.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static String line(ComparedMethod method, int width) {
        String spread = Double.isNaN(method.deviation()) ? "      " : format("(%4.1f)", 100 * method.deviation());
        return format(
                "  %-" + width + "s  %s %s   F1 %s   dev %s   %6.1f s%s%s%n",
                method.name(),
                percent(method.mean()),
                spread,
                percent(method.meanMacroF1()),
                percent(method.meanDev()),
                method.seconds(),
                method.learningRate() == null ? "" : "   learning rate " + method.learningRate(),
                method.diverged() == 0 ? "" : "   diverged on " + method.diverged());
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "    -" : format("%5.1f", 100 * share);
    }

    /** Nothing where no split was finished by both. */
    private static String ahead(ComparedMethod one, ComparedMethod other) {
        PairedDifference points = PairedDifference.of(one, other);
        if (points.splits() == 0) {
            return "";
        }
        if (!points.isLevel() && points.mean() < 0) { // of which the better one diverged elsewhere
            return ahead(other, one);
        }
        String where = points.splits() == one.test().size()
                ? ""
                : format(
                        "On the %d of %s that both finished ",
                        points.splits(), splits(one.test().size()));
        String interval = Double.isNaN(points.margin())
                ? ""
                : format(
                        " (95%% interval %.1f to %.1f%s)",
                        points.mean() - points.margin(),
                        points.mean() + points.margin(),
                        points.mayBeChance() && !points.isLevel() ? ": it may be chance" : "");
        return points.isLevel()
                ? format(
                        "%s%s is level with %s%s, ahead on %d of %s and behind on %d.%n",
                        where,
                        one.name(),
                        other.name(),
                        interval,
                        points.wins(),
                        splits(points.splits()),
                        points.losses())
                : format(
                        "%s%s is ahead of %s by %.1f points%s, and on %d of %s.%n",
                        where,
                        one.name(),
                        other.name(),
                        points.mean(),
                        interval,
                        points.wins(),
                        splits(points.splits()));
    }

    private static String splits(int number) {
        return number + (number == 1 ? " split" : " splits");
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
