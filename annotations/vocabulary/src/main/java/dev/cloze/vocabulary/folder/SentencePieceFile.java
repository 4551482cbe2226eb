package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.zip.DataFormatException;

/** Makes the {@code tokenizer.json} that a SentencePiece model stands for, as Hugging Face's converter does. */
final class SentencePieceFile {

    // mT5's, of a quarter of a million tokens, has 4 MB; a model of a million has 20.
    private static final int LARGEST = 32 << 20;

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
        String name = TokenizerClass.named(folder)
                .or(() -> ModelType.of(TokenizerClass.config(folder)))
                .orElseGet(() -> guessed(file, model));
        return switch (TokenizerClass.family(name).toLowerCase(Locale.ROOT)) {
            case "t5", "mt5" -> new T5Pieces(folder, model);
            case "albert" -> new AlbertPieces(folder, model);
            case "xlmroberta", "xlm-roberta" -> new XlmRobertaPieces(folder, model);
            case "camembert" -> new CamembertPieces(folder, model);
            case "llama", "mistral" -> new LlamaPieces(folder, model);
            default -> throw TokenizerClass.foreign(folder, name, "T5, ALBERT, XLM-RoBERTa, CamemBERT and Llama");
        };
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
