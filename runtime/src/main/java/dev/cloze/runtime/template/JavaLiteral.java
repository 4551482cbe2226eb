package dev.cloze.runtime.template;

/** Texts as the source of a Java class has them. */
public final class JavaLiteral {

    private JavaLiteral() {}

    /** A text in quotes, on one line whatever is in it. */
    public static String of(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                        .replace("\r", "\\r")
                + '"';
    }
}
