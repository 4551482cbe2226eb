package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.vocabulary.AddedTokens;
import dev.cloze.vocabulary.LibrarySafety;
import dev.cloze.vocabulary.Vocabulary;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits text into a model's tokens and puts tokens back together.
 *
 * <p>A text never yields a special token, whatever it spells. May be used by any number of threads at once.
 */
public final class Tokenizer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tokenizer.class);

    private final TokenizerFolder folder;
    private final TokenNames names;
    private final AddedTokens addedTokens;
    private final Set<Integer> specialIds;
    private final SpecialTokens special;
    private final TextEncoding whole;
    private final TextEncoding continued;
    private @Nullable Vocabulary vocabulary;

    private Tokenizer(
            TokenizerFolder folder,
            TokenNames names,
            AddedTokens addedTokens,
            SpecialTokens special,
            TextEncoding whole,
            TextEncoding continued) {
        this.folder = folder;
        this.names = names;
        this.addedTokens = addedTokens;
        this.special = special;
        this.specialIds = names.specialIds();
        this.whole = whole;
        this.continued = continued;
    }

    /**
     * Opens the tokenizer of a model's folder: {@code tokenizer.json}, or {@code vocab.txt}, or {@code vocab.json} with
     * {@code merges.txt}, or a SentencePiece model.
     *
     * @throws ClozeException MODEL_INCOMPLETE if there is none of these, TOKENIZER_UNREADABLE if it cannot be read,
     *     TOKENIZER_LIBRARY if the native library cannot be loaded
     */
    public static Tokenizer open(Path modelFolder) {
        TokenizerFolder folder = TokenizerFolder.open(modelFolder);
        try {
            return open(folder, folder.tokenizer(names -> tellOfRowless(modelFolder, names)));
        } catch (IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | ClassCastException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw folder.unreadable("a value has another shape than expected", e);
        }
    }

    private static void tellOfRowless(Path modelFolder, List<String> names) {
        LOG.info(
                "{}: its tokenizer is read without {}, for which its embedding has no row (vocab_size of config.json) and which"
                        + " no text needs.",
                modelFolder,
                String.join(", ", names));
    }

    private static Tokenizer open(TokenizerFolder folder, JsonObject json) {
        boolean byLibrary = encodesByLibrary(folder, json);
        TokenNames names = new TokenNames(json);
        AddedTokens addedTokens = AddedTokens.of(json);
        SpecialTokens special = SpecialTokensReader.read(json, folder, names);
        Disguise.apply(json, names.specials());
        if (!byLibrary) {
            return inJava(folder, json, names, addedTokens, special);
        }
        boolean byWords = WordCache.suits(json, names);
        NativeTokenizer atStart = load(folder, json);
        NativeTokenizer later = TextStart.unmark(json) ? load(folder, json) : atStart;
        WordCache laterWords = new WordCache(later::encode);
        return new Tokenizer(
                folder,
                names,
                addedTokens,
                special,
                new TextEncoding(atStart, atStart::encode, byWords ? new WordCache(atStart::encode) : null, laterWords),
                new TextEncoding(later, later::encode, byWords ? new WordCache(later::encode) : null, laterWords));
    }

    private static boolean encodesByLibrary(TokenizerFolder folder, JsonObject json) {
        try {
            return LibrarySafety.encodes(json);
        } catch (IllegalArgumentException e) {
            throw folder.unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    /** One whose texts the library can't be trusted with: it only writes them. */
    private static Tokenizer inJava(
            TokenizerFolder folder, JsonObject json, TokenNames names, AddedTokens addedTokens, SpecialTokens special) {
        json.add("normalizer", JsonNull.INSTANCE);
        json.add("pre_tokenizer", JsonNull.INSTANCE);
        NativeTokenizer writer = load(folder, json);
        Vocabulary reader = folder.vocabulary();
        return new Tokenizer(
                folder,
                names,
                addedTokens,
                special,
                TextEncoding.of(writer, reader::encode),
                TextEncoding.of(writer, reader::encodeContinued));
    }

    private static NativeTokenizer load(TokenizerFolder folder, JsonObject json) {
        NativeTokenizer.load();
        try {
            return new NativeTokenizer(JsonText.of(json));
        } catch (RuntimeException e) {
            throw folder.unreadable("the tokenizers library refuses it: " + e.getMessage(), e);
        }
    }

    /**
     * The ids of a text, without special tokens.
     *
     * @param startOfText whether the text begins the whole input; otherwise it goes on behind a special token such as
     *     the mask, with a space between only if it begins with one
     */
    public int[] encode(String text, boolean startOfText) {
        return (startOfText ? whole : continued).encode(text);
    }

    /** The text of the ids; special tokens are left out. */
    public String decode(int[] ids) {
        long[] ordinary = Arrays.stream(ids)
                .filter(id -> !specialIds.contains(id))
                .asLongStream()
                .toArray();
        return whole.library().decode(ordinary);
    }

    /** Whether the id is that of a token that spells something, none of the special ones. */
    public boolean isOrdinary(int id) {
        return !names.name(id).isEmpty() && !specialIds.contains(id);
    }

    /** The token with this id as the model spells it, or an empty string where there is none. */
    public String token(int id) {
        return names.name(id);
    }

    /** The id of the token that the model spells so, special tokens included. */
    public OptionalInt id(String token) {
        return names.id(token);
    }

    /** The id of the special token that is spelt so; nothing for what is an ordinary token or none. */
    public OptionalInt specialId(String name) {
        return names.specials().contains(name) ? names.id(name) : OptionalInt.empty();
    }

    /** The special tokens, as the model spells them. */
    public Set<String> specialNames() {
        return Set.copyOf(names.specials());
    }

    /** The token that ends a text by the tokenizer's settings ({@code eos_token}), which not all of them name. */
    public OptionalInt textEnd() {
        return folder.token("eos_token").map(names::id).orElseGet(OptionalInt::empty);
    }

    /** How many ids there are, special tokens included: one more than the highest. */
    public int vocabularySize() {
        return names.size();
    }

    /** The ids that go around and into a text. */
    public SpecialTokens special() {
        return special;
    }

    /** The special tokens a template can write by name. */
    public AddedTokens addedTokens() {
        return addedTokens;
    }

    /** The same tokenizer in plain Java, as the compiler sees it: how words are split in running text. */
    public synchronized Vocabulary vocabulary() {
        if (vocabulary == null) {
            vocabulary = folder.vocabulary();
        }
        return vocabulary;
    }

    @Override
    public void close() {
        whole.library().close();
        continued.library().close();
    }
}
