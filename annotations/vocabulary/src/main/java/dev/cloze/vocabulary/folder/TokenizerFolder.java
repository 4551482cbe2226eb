package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The files of a model that concern its tokenizer, in whichever form the model has them. */
public final class TokenizerFolder {

    /** Which files make a tokenizer, the preferred ones first. */
    public static final List<List<String>> CHOICES = List.of(
            List.of("tokenizer.json"),
            List.of("vocab.txt"),
            List.of("vocab.json", "merges.txt"),
            List.of("spiece.model"),
            List.of("sentencepiece.bpe.model"),
            List.of("tokenizer.model"));

    private final FileSource source;
    private final TokenizerFiles files;
    private final JsonObject settings = new JsonObject();

    private TokenizerFolder(FileSource source) {
        this.source = source;
        this.files = new TokenizerFiles(source);
        // Later files win: tokenizer_config.json is the one Hugging Face itself believes.
        for (String name : new String[] {"special_tokens_map.json", "tokenizer_config.json"}) {
            if (files.has(name)) {
                files.object(name).asMap().forEach(settings::add);
            }
        }
    }

    /** Opens a model's folder. */
    public static TokenizerFolder open(Path folder) {
        return new TokenizerFolder(FileSource.of(folder));
    }

    /** Opens a model in jars: the resources whose names begin with {@code root} and a slash. */
    public static TokenizerFolder open(ClassLoader jars, String root) {
        return new TokenizerFolder(FileSource.of(jars, root));
    }

    /** Opens files that lie anywhere, by the names they have in a model's folder; messages name the place. */
    public static TokenizerFolder open(Map<String, Path> files, String place) {
        return new TokenizerFolder(FileSource.of(files, place));
    }

    /** Whether a folder has a tokenizer in any form. */
    public static boolean isIn(Path folder) {
        return choice(new TokenizerFiles(FileSource.of(folder))).isPresent();
    }

    /** Whether jars have one among the resources whose names begin with {@code root} and a slash. */
    public static boolean isIn(ClassLoader jars, String root) {
        return choice(new TokenizerFiles(FileSource.of(jars, root))).isPresent();
    }

    /**
     * The {@code tokenizer.json}, as it is or built from the other files, without special tokens that the model of {@code
     * config.json} has no row for and no text needs.
     *
     * @throws ClozeException MODEL_INCOMPLETE if there is no tokenizer, TOKENIZER_UNREADABLE if it cannot be read
     */
    public JsonObject tokenizer() {
        return tokenizer(names -> {});
    }

    /**
     * The same.
     *
     * @param without is told the names of the tokens that are left out, if there are any
     */
    public JsonObject tokenizer(Consumer<List<String>> without) {
        String file = file();
        try {
            JsonObject tokenizer =
                    switch (file) {
                        case "tokenizer.json" -> asDeclared(files.object(file));
                        case "vocab.txt" -> WordPieceFile.tokenizer(this);
                        case "vocab.json" -> new DeclaredSettings(this).applyToBytePairs(BytePairFiles.tokenizer(this));
                        default -> SentencePieceFile.tokenizer(this, file);
                    };
            DeclaredTokens.complete(tokenizer, this);
            List<String> rowless = RowlessTokens.remove(tokenizer, this);
            if (!rowless.isEmpty()) {
                without.accept(rowless);
            }
            return tokenizer;
        } catch (IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | ClassCastException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw unreadable("a value there, or in tokenizer_config.json, has another shape than expected", e);
        }
    }

    private JsonObject asDeclared(JsonObject tokenizer) {
        new DeclaredSettings(this).apply(tokenizer);
        return tokenizer;
    }

    /** Whether tokenizer_config.json makes another tokenizer of the {@code tokenizer.json}; throws what {@link #tokenizer} does. */
    public boolean isChangedBySettings() {
        return file().equals("tokenizer.json") && new DeclaredSettings(this).apply(files.object("tokenizer.json"));
    }

    /** The tokenizer in plain Java; throws what {@link #tokenizer} does. */
    public Vocabulary vocabulary() {
        return Vocabulary.of(tokenizer(), source.address(file()));
    }

    /** How many ids that tokenizer has, special tokens included: one more than the highest. */
    public static int ids(JsonObject tokenizer) {
        IntStream ofModel = IntStream.of(idsOfModel(tokenizer) - 1);
        IntStream ofAdded = tokenizer.getAsJsonArray("added_tokens").asList().stream()
                .mapToInt(token -> token.getAsJsonObject().get("id").getAsInt());
        return IntStream.concat(ofModel, ofAdded).max().orElse(-1) + 1;
    }

    /** How many ids the vocabulary of its model has, without the added tokens. */
    static int idsOfModel(JsonObject tokenizer) {
        JsonElement vocabulary = tokenizer.getAsJsonObject("model").get("vocab");
        IntStream ids = vocabulary.isJsonArray()
                ? IntStream.range(0, vocabulary.getAsJsonArray().size())
                : vocabulary.getAsJsonObject().asMap().values().stream().mapToInt(JsonElement::getAsInt);
        return ids.max().orElse(-1) + 1;
    }

    /** The token with a role such as {@code mask_token}; some files wrap it in an object. */
    public Optional<String> token(String role) {
        return setting(role)
                .map(value -> value.isJsonObject() ? value.getAsJsonObject().get("content") : value)
                .map(JsonElement::getAsString);
    }

    /** TOKENIZER_UNREADABLE about the tokenizer's file, with a reason that goes on from "cannot be read: ". */
    public ClozeException unreadable(String reason, @Nullable Throwable cause) {
        return files.unreadable(file(), reason, cause);
    }

    TokenizerFiles files() {
        return files;
    }

    String place() {
        return source.place();
    }

    /** A yes or no of the settings, where they say so. */
    Optional<Boolean> flag(String name) {
        return setting(name).map(JsonElement::getAsBoolean);
    }

    Optional<JsonElement> setting(String name) {
        return Optional.ofNullable(settings.get(name)).filter(value -> !value.isJsonNull());
    }

    private static Optional<List<String>> choice(TokenizerFiles files) {
        return CHOICES.stream()
                .filter(names -> names.stream().allMatch(files::has))
                .findFirst();
    }

    /** The tokenizer's file, or the first of them. */
    private String file() {
        return choice(files).orElseThrow(this::missing).get(0);
    }

    private ClozeException missing() {
        return new ClozeException(Problem.MODEL_INCOMPLETE, """
                The model folder %s has no tokenizer that Cloze reads.
                  Looked for: tokenizer.json, or vocab.txt, or vocab.json with merges.txt, or a SentencePiece model
                  (spiece.model, sentencepiece.bpe.model, tokenizer.model).
                  Fetch the file from where the model came from and put it into the folder.""".formatted(place()));
    }
}
