package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Splits text into a model's tokens and puts tokens back together.
 *
 * <p>A text never yields a special token, whatever it spells. May be used by any number of threads at once.
 */
public final class Tokenizer implements AutoCloseable {

    private final TokenizerFolder folder;
    private final NativeTokenizer whole;
    private final NativeTokenizer continued;
    private final TokenNames names;
    private final Set<Integer> specialIds;
    private final SpecialTokens special;

    private Tokenizer(
            TokenizerFolder folder,
            NativeTokenizer whole,
            NativeTokenizer continued,
            TokenNames names,
            SpecialTokens special) {
        this.folder = folder;
        this.whole = whole;
        this.continued = continued;
        this.names = names;
        this.special = special;
        this.specialIds = names.specials().stream()
                .map(name -> names.id(name).orElseThrow())
                .collect(Collectors.toSet());
    }

    /**
     * Opens the tokenizer of a model's folder: {@code tokenizer.json}, or {@code vocab.txt}, or {@code vocab.json} with
     * {@code merges.txt}.
     *
     * @throws ClozeException MODEL_INCOMPLETE if there is none of these, TOKENIZER_UNREADABLE if it cannot be read
     */
    public static Tokenizer open(Path modelFolder) {
        TokenizerFolder folder = TokenizerFolder.open(modelFolder);
        try {
            return open(folder, folder.tokenizer());
        } catch (IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | ClassCastException
                | NullPointerException e) {
            throw folder.unreadable("tokenizer.json", "a value has another shape than expected", e);
        }
    }

    private static Tokenizer open(TokenizerFolder folder, JsonObject json) {
        TokenNames names = new TokenNames(json, folder);
        SpecialTokens special = SpecialTokensReader.read(json, folder, names);
        Disguise.apply(json, names.specials());
        NativeTokenizer whole = load(folder, json);
        boolean differs = TextStart.unmark(json.get("pre_tokenizer"));
        return new Tokenizer(folder, whole, differs ? load(folder, json) : whole, names, special);
    }

    private static NativeTokenizer load(TokenizerFolder folder, JsonObject json) {
        try {
            return new NativeTokenizer(json.toString());
        } catch (RuntimeException e) {
            throw folder.unreadable("tokenizer.json", "the tokenizers library refuses it: " + e.getMessage(), e);
        }
    }

    /**
     * The ids of a text, without special tokens.
     *
     * @param startOfText whether the text begins the whole input; otherwise it goes on behind a special token such as
     *     the mask, with a space between only if it begins with one
     */
    public int[] encode(String text, boolean startOfText) {
        return (startOfText ? whole : continued).encode(wellFormed(text));
    }

    /** The text of the ids; special tokens are left out. */
    public String decode(int[] ids) {
        long[] ordinary = Arrays.stream(ids)
                .filter(id -> !specialIds.contains(id))
                .asLongStream()
                .toArray();
        return whole.decode(ordinary);
    }

    /** The token with this id as the model spells it, or an empty string where there is none. */
    public String token(int id) {
        return names.name(id);
    }

    /** How many ids there are, special tokens included: one more than the highest. */
    public int vocabularySize() {
        return names.size();
    }

    /** The ids that go around and into a text. */
    public SpecialTokens special() {
        return special;
    }

    /** With U+FFFD for each unpaired surrogate, as every encoder of Java writes them. */
    /** The same vocabulary as the compiler reads it; each call reads it anew. */
    public Vocabulary vocabulary() {
        return Vocabulary.read(
                new ByteArrayInputStream(folder.tokenizer().toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return repaired(text);
            }
        }
        return text;
    }

    private static String repaired(String text) {
        IntPredicate half = c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return text.codePoints()
                .map(c -> half.test(c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void close() {
        whole.close();
        continued.close();
    }
}
