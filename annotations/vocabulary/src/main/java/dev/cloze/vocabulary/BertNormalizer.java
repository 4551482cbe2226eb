package dev.cloze.vocabulary;

/** BERT's cleaning: controls dropped, Chinese characters set apart, accents and case removed as asked. */
record BertNormalizer(boolean cleanText, boolean spaceChinese, boolean stripAccents, boolean lowercase)
        implements Normalizer {

    @Override
    public String normalize(String text, Place place) {
        String result = cleanText ? clean(text) : text;
        if (spaceChinese) {
            result = setApart(result);
        }
        if (stripAccents) {
            result = CaseAndAccents.stripAccents(result);
        }
        return lowercase ? CaseAndAccents.lower(result) : result;
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0 && c != 0xFFFD && !Characters.isControl(c))
                .map(c -> Characters.isWhitespace(c) ? ' ' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static String setApart(String text) {
        if (text.codePoints().noneMatch(Characters::isChinese)) {
            return text;
        }
        StringBuilder spaced = new StringBuilder(text.length() * 3);
        text.codePoints().forEach(c -> {
            if (Characters.isChinese(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
            } else {
                spaced.appendCodePoint(c);
            }
        });
        return spaced.toString();
    }
}
