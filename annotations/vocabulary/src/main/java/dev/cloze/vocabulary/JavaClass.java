package dev.cloze.vocabulary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes a set of characters as a class of Java's regular expressions: Java's own categories, with what they lack beside
 * them and without what they have too much, so that the class is the same whatever Unicode version Java has.
 */
final class JavaClass {

    private static final int ALL = Character.MAX_CODE_POINT + 1;

    /** Names of {@link Character#getType}'s numbers; 17 is none. */
    private static final String[] CATEGORIES =
            ("Cn Lu Ll Lt Lm Lo Mn Me Mc Nd Nl No Zs Zl Zp Cc Cf - Co Cs Pd Ps Pe Pc Po Sm Sc Sk So Pi Pf").split(" ");

    private static final byte[] OF_JAVA = ofJava();

    private JavaClass() {}

    /** The class, in brackets. */
    static String of(BitSet characters) {
        int[] inside = new int[CATEGORIES.length];
        int[] outside = new int[CATEGORIES.length];
        for (int c = 0; c < ALL; c++) {
            (characters.get(c) ? inside : outside)[OF_JAVA[c]]++;
        }
        BitSet taken = new BitSet();
        StringBuilder written = new StringBuilder("[");
        for (int category = 0; category < CATEGORIES.length; category++) {
            if (inside[category] > outside[category]) {
                written.append("\\p{").append(CATEGORIES[category]).append('}');
                taken.set(category);
            }
        }
        BitSet lacking = new BitSet();
        BitSet tooMany = new BitSet();
        for (int c = 0; c < ALL; c++) {
            boolean has = taken.get(OF_JAVA[c]);
            if (has != characters.get(c)) {
                (has ? tooMany : lacking).set(c);
            }
        }
        written.append(ranges(lacking));
        if (!tooMany.isEmpty()) {
            written.append("&&[^").append(ranges(tooMany)).append(']');
        }
        return written.append(']').toString();
    }

    private static String ranges(BitSet characters) {
        List<String> ranges = new ArrayList<>();
        int end;
        for (int start = characters.nextSetBit(0); start >= 0; start = characters.nextSetBit(end)) {
            end = characters.nextClearBit(start);
            ranges.add(end == start + 1 ? escaped(start) : escaped(start) + "-" + escaped(end - 1));
        }
        return String.join("", ranges);
    }

    private static String escaped(int c) {
        return "\\x{" + Integer.toHexString(c) + "}";
    }

    private static byte[] ofJava() {
        byte[] categories = new byte[ALL];
        for (int c = 0; c < ALL; c++) {
            categories[c] = (byte) Character.getType(c);
        }
        return categories;
    }
}
