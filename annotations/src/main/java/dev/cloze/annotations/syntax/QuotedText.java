package dev.cloze.annotations.syntax;

/**
 * What stands in the quotes of {@code {soft:"good movie"}} and its like, where braces are plain characters.
 *
 * @param text without the backslashes of its escapes
 * @param end the index behind the closing brace
 */
record QuotedText(String text, int end) {

    /** Whether such a part begins at this index. */
    static boolean begins(String keyword, String template, int at) {
        return template.startsWith(opening(keyword), at);
    }

    /**
     * Reads the part that begins at this index.
     *
     * @param content what the quotes hold: {@code initial text}
     */
    static QuotedText read(String keyword, String content, String template, int start) {
        StringBuilder text = new StringBuilder();
        int i = start + opening(keyword).length();
        while (i < template.length() && template.charAt(i) != '"') {
            if (template.charAt(i) == '\\') {
                i++;
                escaped(keyword, template, i);
            }
            text.append(template.charAt(i));
            i++;
        }
        if (!template.startsWith("\"}", i)) {
            throw new TemplateSyntaxException(
                    template.substring(start),
                    template,
                    start + 1,
                    i < template.length() ? "goes on after its " + content : "has no closing quote",
                    "Write " + opening(keyword) + content + "\"}; inside it, \\\" is a quote.");
        }
        return new QuotedText(text.toString(), i + 2);
    }

    private static void escaped(String keyword, String template, int i) {
        if (i >= template.length() || (template.charAt(i) != '"' && template.charAt(i) != '\\')) {
            throw new TemplateSyntaxException(
                    template.substring(i - 1, Math.min(i + 1, template.length())),
                    template,
                    i,
                    "is no escape",
                    "Inside the quotes of " + opening(keyword) + "...\"} write \\\" for a quote and \\\\ for a"
                            + " backslash.");
        }
    }

    private static String opening(String keyword) {
        return "{" + keyword + ":\"";
    }
}
