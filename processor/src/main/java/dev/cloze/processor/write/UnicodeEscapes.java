package dev.cloze.processor.write;

/** Writes source in plain ASCII, so that no encoding the compiler may be set to can change a label word. */
final class UnicodeEscapes {

    private static final int LAST_ASCII = 0x7e;

    private UnicodeEscapes() {}

    /** The same source with every other character as a Unicode escape, which Java reads anywhere in a file. */
    static String of(String source) {
        StringBuilder ascii = new StringBuilder(source.length());
        for (char c : source.toCharArray()) {
            if (c > LAST_ASCII) {
                ascii.append(String.format("\\u%04x", (int) c));
            } else {
                ascii.append(c);
            }
        }
        return ascii.toString();
    }
}
