package dev.cloze.vocabulary.folder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;

/** Makes the {@code tokenizer.json} that a SentencePiece model stands for, as Hugging Face's converter does. */
final class SentencePieceFile {

    // mT5's, of a quarter of a million tokens, has 4 MB; a model of a million has 20.
    private static final int LARGEST = 32 << 20;

    /** Classes that say nothing of the family: transformers 5 writes the first where there is no special class. */
    private static final Set<String> NAMELESS = Set.of("TokenizersBackend", "PreTrainedTokenizerFast");

    private SentencePieceFile() {}

    static JsonObject tokenizer(TokenizerFolder folder, String file) {
        try {
            SentencePieceModel model = SentencePieceReader.read(folder.files().bytes(file, LARGEST));
            if (model.type() != SentencePieceModel.UNIGRAM && model.type() != SentencePieceModel.BYTE_PAIRS) {
                throw new DataFormatException(
                        "its model_type is %d, and Cloze knows 1 (unigram) and 2 (BPE)".formatted(model.type()));
            }
            return family(folder, file, model).tokenizer();
        } catch (DataFormatException e) {
            throw folder.unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    /** The model itself does not say whose it is, and each family has its own way around it. */
    private static SentencePieceFamily family(TokenizerFolder folder, String file, SentencePieceModel model)
            throws DataFormatException {
        String name = named(folder).orElseGet(() -> guessed(file, model));
        return switch (name.replaceFirst("Tokenizer(Fast)?$", "").toLowerCase(Locale.ROOT)) {
            case "t5", "mt5" -> new T5Pieces(folder, model);
            case "albert" -> new AlbertPieces(folder, model);
            case "xlmroberta", "xlm-roberta" -> new XlmRobertaPieces(folder, model);
            case "camembert" -> new CamembertPieces(folder, model);
            case "llama", "mistral" -> new LlamaPieces(folder, model);
            default ->
                throw new DataFormatException(
                        "it is that of %s, and Cloze converts those of T5, ALBERT, XLM-RoBERTa, CamemBERT and Llama"
                                .formatted(name));
        };
    }

    /** Where Hugging Face looks, in the same order. */
    private static Optional<String> named(TokenizerFolder folder) {
        JsonObject config = folder.files().has("config.json") ? folder.files().object("config.json") : new JsonObject();
        return Stream.of(
                        folder.setting("tokenizer_class"),
                        Optional.ofNullable(config.get("tokenizer_class")),
                        ModelType.of(config).map(JsonPrimitive::new))
                .flatMap(Optional::stream)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .filter(name -> !NAMELESS.contains(name))
                .findFirst();
    }

    private static String guessed(String file, SentencePieceModel model) {
        if (file.equals("sentencepiece.bpe.model")) {
            return "xlm-roberta";
        }
        if (model.has("[CLS]")) {
            return "albert";
        }
        return model.type() == SentencePieceModel.BYTE_PAIRS ? "llama" : "t5";
    }
}
