package dev.cloze.runtime.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells by how a table begins whether quotes enclose its values.
 *
 * <p>The public data sets with tabs take a quote as it is; pandas, R and Excel enclose what has one, and double it. Whichever is read
 * as the other gives wrong texts without a sign, so that quotes enclose only where nothing speaks against it and something for it.
 */
final class Enclosed {

    /** What comes behind a value. */
    private enum Next {
        VALUE,
        RECORD,
        /** A quote where none encloses. */
        NONSENSE
    }

    private final String text;
    private final char delimiter;
    private final boolean whole;
    private final List<Integer> widths = new ArrayList<>();
    private int at;
    private boolean namesEnclosed;
    private boolean doubled;
    private boolean commaEnclosed;
    private boolean othersEnclosed;
    private boolean commaBare;

    private Enclosed(String text, char delimiter, boolean named) {
        this.text = text;
        this.delimiter = delimiter;
        this.whole = text.length() < FileText.HEAD;
        this.namesEnclosed = named;
    }

    /**
     * Whether they do.
     *
     * @param head the text's beginning
     * @param delimiter what stands between values
     * @param named whether the first line names the columns
     */
    static boolean shownIn(String head, char delimiter, boolean named) {
        if (head.indexOf('"') < 0) {
            return false;
        }
        Enclosed reading = new Enclosed(head, delimiter, named);
        return reading.holds() && reading.isShown();
    }

    private boolean isShown() {
        boolean asExcelDoes = commaEnclosed && !othersEnclosed && !commaBare;
        return namesEnclosed || doubled || asExcelDoes || (isEven(widths) && !isEven(lines()));
    }

    /** How many values each line has where quotes enclose nothing. */
    private List<Integer> lines() {
        List<String> lines = text.lines().toList();
        return lines.subList(0, lines.size() - (whole ? 0 : 1)).stream()
                .filter(line -> !line.isBlank())
                .map(line ->
                        (int) line.chars().filter(letter -> letter == delimiter).count() + 1)
                .toList();
    }

    private static boolean isEven(List<Integer> widths) {
        return widths.stream().distinct().count() == 1;
    }

    /** Reads all records where quotes enclose values; false where they can't. */
    private boolean holds() {
        while (at < text.length()) {
            int start = at;
            int width = 1;
            Next next = value();
            for (; next == Next.VALUE; next = value()) {
                width++;
            }
            if (next == Next.NONSENSE) {
                return false;
            }
            boolean cut = at == text.length() && !whole;
            if (!cut && !text.substring(start, at).isBlank()) {
                widths.add(width);
            }
        }
        return true;
    }

    private Next value() {
        int start = at;
        boolean enclosed = at < text.length() && text.charAt(at) == '"';
        if (enclosed && !close()) {
            return whole ? Next.NONSENSE : Next.RECORD;
        }
        int behind = at;
        while (at < text.length() && !isEnd(text.charAt(at))) {
            at++;
        }
        String bare = text.substring(behind, at);
        if (enclosed ? !bare.isEmpty() : bare.indexOf('"') >= 0) {
            return Next.NONSENSE;
        }
        note(enclosed, text.substring(start, at).indexOf(',') >= 0);
        return passEnd();
    }

    /** Goes behind the quote that closes the value which one opens here; false where none does. */
    private boolean close() {
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) == '"') {
                if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
                    at++;
                    return true;
                }
                doubled = true;
                at++;
            }
        }
        return false;
    }

    private void note(boolean enclosed, boolean comma) {
        namesEnclosed &= enclosed || !widths.isEmpty();
        commaEnclosed |= enclosed && comma;
        othersEnclosed |= enclosed && !comma;
        commaBare |= !enclosed && comma;
    }

    private Next passEnd() {
        if (at == text.length()) {
            return Next.RECORD;
        }
        char end = text.charAt(at++);
        if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        return end == delimiter ? Next.VALUE : Next.RECORD;
    }

    private boolean isEnd(char letter) {
        return letter == delimiter || letter == '\n' || letter == '\r';
    }
}
