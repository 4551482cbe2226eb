package dev.cloze.vocabulary;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * A model's tokens and how text is split into them, read from its {@code tokenizer.json}.
 *
 * <p>Immutable, so it may be shared between threads. A text never yields a special token, whatever it spells.
 */
public final class Vocabulary {

    private static final List<String> MASKS = List.of("[MASK]", "<mask>");

    private final OrdinaryAddedTokens added;
    private final PreTokenizer preTokenizer;
    private final Model model;
    private final TokenTable table;
    private final PostProcessor postProcessor;
    private final AddedTokens addedTokens;

    Vocabulary(
            Normalizer normalizer,
            PreTokenizer preTokenizer,
            Model model,
            TokenTable table,
            PostProcessor postProcessor,
            AddedTokens addedTokens) {
        this.added = new OrdinaryAddedTokens(table.added(), normalizer);
        this.preTokenizer = preTokenizer;
        this.model = model;
        this.table = table;
        this.postProcessor = postProcessor;
        this.addedTokens = addedTokens;
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @throws dev.cloze.problem.ClozeException TOKENIZER_UNREADABLE, naming what in the file cannot be read
     */
    public static Vocabulary read(Path tokenizerJson) {
        try (Reader reader = Files.newBufferedReader(tokenizerJson, StandardCharsets.UTF_8)) {
            return VocabularyReader.read(reader, tokenizerJson.toString());
        } catch (IOException e) {
            throw VocabularyReader.problem(tokenizerJson.toString(), "the file cannot be opened", e);
        }
    }

    /** As {@link #read(Path)}, from a stream, which is closed. */
    public static Vocabulary read(InputStream tokenizerJson) {
        try (Reader reader = new InputStreamReader(tokenizerJson, StandardCharsets.UTF_8)) {
            return VocabularyReader.read(reader, "tokenizer.json");
        } catch (IOException e) {
            throw VocabularyReader.problem("tokenizer.json", "the stream broke off", e);
        }
    }

    /** As {@link #read(Path)}, of a {@code tokenizer.json} that is read already, or made; messages name its source. */
    public static Vocabulary of(JsonObject tokenizerJson, String source) {
        return VocabularyReader.read(tokenizerJson, source);
    }

    /**
     * The ids of a whole text, without the special tokens that go around it.
     */
    public List<Integer> encode(String text) {
        return encode(text, Place.TEXT_START);
    }

    /** As above, for text that goes on behind another part of the same input, with a space only if it begins with one. */
    public List<Integer> encodeContinued(String text) {
        return encode(text, Place.AFTER_SPECIAL);
    }

    /**
     * The tokens a word has in running text, with a space before it ({@code " great"}) or glued to what is before.
     *
     * <p>A word that is one token in a text is one token here.
     */
    public List<Integer> encodeWord(String word, boolean afterSpace) {
        if (table.isAdded(word)) {
            return List.of(table.id(word).orElseThrow());
        }
        return afterSpace ? encode(" " + word, Place.AFTER_SPACE) : encode(word, Place.WITHIN_WORD);
    }

    List<Integer> encode(String text, Place place) {
        List<Integer> ids = new ArrayList<>();
        added.split(
                UnpairedSurrogates.replaced(text), place, (part, first) -> encode(part, first, place, ids), ids::add);
        return List.copyOf(ids);
    }

    private void encode(String normalized, boolean first, Place place, List<Integer> ids) {
        for (Piece piece : preTokenizer.split(new Piece(normalized, first), place)) {
            model.tokenize(piece.text(), ids);
        }
    }

    /** The token with this id, as the model spells it, or an empty string where the vocabulary has a gap. */
    public String token(int id) {
        return table.tokens().getOrDefault(id, "");
    }

    /** The id of a token as the model spells it ({@code "##ing"}, {@code "Ġgreat"}, {@code "[MASK]"}). */
    public OptionalInt id(String token) {
        return table.id(token);
    }

    /** The id that stands for everything the model has no token for; byte-level models have none. */
    public OptionalInt unknownId() {
        return model.unknownId();
    }

    /** How many ids there are, special tokens included: one more than the highest. */
    public int size() {
        return table.size();
    }

    /** The id of the mask, if the model has one. */
    public Optional<Integer> maskId() {
        return MASKS.stream().flatMap(mask -> table.id(mask).stream().boxed()).findFirst();
    }

    /** The special tokens a template can write by name. */
    public AddedTokens addedTokens() {
        return addedTokens;
    }

    /** How many special tokens go before a text. */
    public int specialTokensAtStart() {
        return postProcessor.start();
    }

    /** How many special tokens go around a single segment. */
    public int specialTokensOfSingle() {
        return postProcessor.single();
    }

    /** How many special tokens go around and between two segments. */
    public int specialTokensOfPair() {
        return postProcessor.pair();
    }

    /**
     * All words of letters alone that the model has as one token, by its id, ascending.
     *
     * @param afterSpace whether they stand behind a space or are glued to what is before
     */
    public SortedMap<Integer, String> wholeWords(boolean afterSpace) {
        return NearestWords.all(this, table, afterSpace, Character::isLetter);
    }

    /** The same of letters and digits, years and other numbers included. */
    public SortedMap<Integer, String> wholeWordsAndNumbers(boolean afterSpace) {
        return NearestWords.all(this, table, afterSpace, Character::isLetterOrDigit);
    }

    /** Words the model has as one token, the most similar to the given one first; at most {@code k}. */
    public List<String> nearestSingleTokenWords(String word, boolean afterSpace, int k) {
        return NearestWords.of(this, table, word, afterSpace, k);
    }
}
