package dev.cloze.vocabulary;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The properties of characters that a regular expression may ask for, by the names Oniguruma has for them. */
final class RegexProperties {

    private static final String TABLE = "property.";
    private static final int ALL = Character.MAX_CODE_POINT + 1;

    private static final String[] LONG_NAMES = {
        "letter=l",
        "casedletter=lc",
        "uppercaseletter=lu",
        "lowercaseletter=ll",
        "titlecaseletter=lt",
        "modifierletter=lm",
        "otherletter=lo",
        "mark=m",
        "combiningmark=m",
        "nonspacingmark=mn",
        "spacingmark=mc",
        "enclosingmark=me",
        "number=n",
        "decimalnumber=nd",
        "letternumber=nl",
        "othernumber=no",
        "punctuation=p",
        "connectorpunctuation=pc",
        "dashpunctuation=pd",
        "openpunctuation=ps",
        "closepunctuation=pe",
        "initialpunctuation=pi",
        "finalpunctuation=pf",
        "otherpunctuation=po",
        "symbol=s",
        "mathsymbol=sm",
        "currencysymbol=sc",
        "modifiersymbol=sk",
        "othersymbol=so",
        "separator=z",
        "spaceseparator=zs",
        "lineseparator=zl",
        "paragraphseparator=zp",
        "other=c",
        "control=cc",
        "format=cf",
        "unassigned=cn",
        "privateuse=co",
        "surrogate=cs",
        "alpha=alphabetic",
        "upper=uppercase",
        "lower=lowercase",
        "whitespace=space",
        "cntrl=cc",
        "digit=nd"
    };

    private static final Map<String, BitSet> BY_NAME = byName();

    private RegexProperties() {}

    /** The characters that have it; nothing where the property is unknown. */
    static Optional<BitSet> of(String name) {
        return Optional.ofNullable(BY_NAME.get(key(name)));
    }

    /** The name as it is looked up: case, spaces, hyphens and underscores mean nothing in it. */
    static String key(String name) {
        return name.replaceAll("[ _-]", "").toLowerCase(Locale.ROOT);
    }

    private static Map<String, BitSet> byName() {
        Map<String, BitSet> sets = new HashMap<>();
        for (String name : CharacterTables.names(TABLE)) {
            sets.put(name.substring(TABLE.length()), CharacterTables.of(name));
        }
        sets.put("cs", range(Character.MIN_SURROGATE, Character.MAX_SURROGATE));
        BitSet unassigned = range(0, ALL - 1);
        sets.forEach((name, set) -> {
            if (name.length() == 2) {
                unassigned.andNot(set);
            }
        });
        sets.put("cn", unassigned);
        for (String group : new String[] {"l", "m", "n", "p", "s", "z", "c"}) {
            sets.put(
                    group,
                    union(
                            sets,
                            sets.keySet().stream()
                                    .filter(name -> name.length() == 2 && name.startsWith(group))
                                    .toArray(String[]::new)));
        }
        sets.put("lc", union(sets, "lu", "ll", "lt"));
        sets.put("any", range(0, ALL - 1));
        sets.put("ascii", range(0, 0x7F));
        sets.put("assigned", without(sets, "any", "cn"));
        posix(sets);
        for (String name : LONG_NAMES) {
            String[] pair = name.split("=");
            sets.put(pair[0], union(sets, pair[1]));
        }
        return Map.copyOf(sets);
    }

    private static void posix(Map<String, BitSet> sets) {
        BitSet space = new BitSet();
        for (int c = 0; c < Character.MIN_SURROGATE; c++) {
            space.set(c, Characters.isWhitespace(c));
        }
        sets.put("space", space);
        BitSet blank = union(sets, "zs");
        blank.set('\t');
        sets.put("blank", blank);
        BitSet hexadecimal = range('0', '9');
        hexadecimal.or(range('a', 'f'));
        hexadecimal.or(range('A', 'F'));
        sets.put("xdigit", hexadecimal);
        sets.put("alnum", union(sets, "alphabetic", "nd"));
        sets.put("word", union(sets, "alphabetic", "m", "nd", "pc"));
        sets.put("punct", union(sets, "p", "s"));
        BitSet shown = without(sets, "any", "cn");
        for (String name : new String[] {"space", "cc", "cs"}) {
            shown.andNot(union(sets, name));
        }
        sets.put("graph", shown);
        sets.put("print", union(sets, "graph", "zs"));
    }

    private static BitSet range(int first, int last) {
        BitSet range = new BitSet();
        range.set(first, last + 1);
        return range;
    }

    private static BitSet union(Map<String, BitSet> sets, String... names) {
        BitSet union = new BitSet();
        for (String name : names) {
            union.or(java.util.Objects.requireNonNull(sets.get(name), name));
        }
        return union;
    }

    private static BitSet without(Map<String, BitSet> sets, String name, String less) {
        BitSet rest = union(sets, name);
        rest.andNot(union(sets, less));
        return rest;
    }
}
