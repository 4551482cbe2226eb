package dev.cloze.runtime.metric;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is left of an English word without its endings: Porter's algorithm (1980, Program 14.3), with the changes that NLTK
 * has made to it and rouge_score therefore has.
 *
 * <p>The implementations in Java that are well kept, of OpenNLP and Lucene, follow Porter's own later changes; they make
 * {@code enjoi} of {@code enjoy} and {@code di} of {@code died}, where NLTK makes {@code enjoy} and {@code die}.
 */
final class PorterStem {

    private static final Map<String, String> IRREGULAR =
            table("skies:sky sky:sky dying:die lying:lie tying:tie news:news innings:inning inning:inning"
                    + " outings:outing outing:outing cannings:canning canning:canning howe:howe proceed:proceed"
                    + " exceed:exceed succeed:succeed");

    /** Endings and what takes their place; the first that fits decides, whether or not what precedes it is long enough. */
    private static final Map<String, String> STEP_2 =
            table("ational:ate tional:tion enci:ence anci:ance izer:ize bli:ble alli:al entli:ent eli:e ousli:ous"
                    + " ization:ize ation:ate ator:ate alism:al iveness:ive fulness:ful ousness:ous aliti:al iviti:ive"
                    + " biliti:ble fulli:ful");

    private static final Map<String, String> STEP_3 = table("icate:ic ative: alize:al iciti:ic ical:ic ful: ness:");

    private static final Map<String, String> STEP_4 =
            table("al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ou: ism: ate: iti: ous: ive: ize:");

    private PorterStem() {}

    /** The stem of a word of small letters and digits. */
    static String of(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null || word.length() <= 2) {
            return irregular != null ? irregular : word;
        }
        String stem = step2(step1c(step1b(step1a(word))));
        return step5(step4(replaced(stem, STEP_3, 0)));
    }

    /** Plurals. */
    private static String step1a(String word) {
        if (word.endsWith("sses") || word.endsWith("ies") && word.length() != 4) {
            return cut(word, 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
    }

    /** Pasts and present participles. */
    private static String step1b(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        int ending = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0;
        String stem = cut(word, ending);
        return ending > 0 && hasVowel(stem) ? restored(stem) : word;
    }

    /** What a past or participle was made of: {@code hop} of {@code hopp}, {@code file} of {@code fil}. */
    private static String restored(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        int last = stem.length() - 1;
        if (last > 0 && stem.charAt(last) == stem.charAt(last - 1) && isConsonant(stem, last)) {
            return "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String step1c(String word) {
        int before = word.length() - 2;
        return word.endsWith("y") && before > 0 && isConsonant(word, before) ? cut(word, 1) + "i" : word;
    }

    private static String step2(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return step2(cut(word, 2));
        }
        if (word.endsWith("logi")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        return replaced(word, STEP_2, 0);
    }

    private static String step4(String word) {
        if (word.endsWith("ion")) {
            String stem = cut(word, 3);
            return measure(stem) > 1 && (stem.endsWith("s") || stem.endsWith("t")) ? stem : word;
        }
        return replaced(word, STEP_4, 1);
    }

    /** A last e, and one of two l. */
    private static String step5(String word) {
        String stem = word;
        if (word.endsWith("e")) {
            String rest = cut(word, 1);
            int measure = measure(rest);
            stem = measure > 1 || measure == 1 && !endsShort(rest) ? rest : word;
        }
        return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
    }

    /** With another ending, where there is one of these after a stem of more than this measure. */
    private static String replaced(String word, Map<String, String> endings, int measure) {
        for (Map.Entry<String, String> ending : endings.entrySet()) {
            if (word.endsWith(ending.getKey())) {
                String stem = cut(word, ending.getKey().length());
                return measure(stem) > measure ? stem + ending.getValue() : word;
            }
        }
        return word;
    }

    /** In the order written, which the endings are tried in. */
    private static Map<String, String> table(String pairs) {
        Map<String, String> table = new LinkedHashMap<>();
        for (String pair : pairs.split(" ")) {
            int colon = pair.indexOf(':');
            table.put(pair.substring(0, colon), pair.substring(colon + 1));
        }
        return table;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** How often a vowel is followed by a consonant. */
    private static int measure(String stem) {
        int count = 0;
        boolean vowel = false;
        for (int i = 0; i < stem.length(); i++) {
            boolean consonant = isConsonant(stem.charAt(i), vowel || i == 0);
            count += vowel && consonant ? 1 : 0;
            vowel = !consonant;
        }
        return count;
    }

    private static boolean hasVowel(String stem) {
        for (int i = 0; i < stem.length(); i++) {
            if (!isConsonant(stem, i)) {
                return true;
            }
        }
        return false;
    }

    /** Consonant, vowel, consonant, the last not w, x or y; or a vowel and a consonant alone. */
    private static boolean endsShort(String stem) {
        int last = stem.length() - 1;
        if (last < 1 || !isConsonant(stem, last) || isConsonant(stem, last - 1)) {
            return false;
        }
        return last == 1 || isConsonant(stem, last - 2) && "wxy".indexOf(stem.charAt(last)) < 0;
    }

    private static boolean isConsonant(String word, int index) {
        int first = index;
        while (first > 0 && word.charAt(first) == 'y') {
            first--;
        }
        // Of the letters from there on, all but the first are y: consonants and vowels in turn.
        return isConsonant(word.charAt(first), true) == ((index - first) % 2 == 0);
    }

    /** A y is a consonant at the start and after a vowel. */
    private static boolean isConsonant(char letter, boolean afterVowel) {
        return letter == 'y' ? afterVowel : "aeiou".indexOf(letter) < 0;
    }
}
