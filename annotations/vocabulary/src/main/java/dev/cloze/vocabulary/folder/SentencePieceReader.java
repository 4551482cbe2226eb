package dev.cloze.vocabulary.folder;

import static dev.cloze.vocabulary.folder.Protobuf.DELIMITED;
import static dev.cloze.vocabulary.folder.Protobuf.FIXED32;
import static dev.cloze.vocabulary.folder.Protobuf.VARINT;

import dev.cloze.vocabulary.folder.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;

/**
 * Reads a SentencePiece model; the numbers are those of <a
 * href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto">sentencepiece_model.proto</a>.
 */
final class SentencePieceReader {

    private static final int PIECES = 1 << 3 | DELIMITED;
    private static final int TRAINER_SPEC = 2 << 3 | DELIMITED;
    private static final int NORMALIZER_SPEC = 3 << 3 | DELIMITED;

    private static final int PIECE = 1 << 3 | DELIMITED;
    private static final int SCORE = 2 << 3 | FIXED32;
    private static final int TYPE = 3 << 3 | VARINT;

    private static final int MODEL_TYPE = 3 << 3 | VARINT;
    private static final int UNK_ID = 40 << 3 | VARINT;
    private static final int UNK_PIECE = 45 << 3 | DELIMITED;

    private static final int PRECOMPILED_CHARSMAP = 2 << 3 | DELIMITED;

    private final List<Piece> pieces = new ArrayList<>();
    private int type = SentencePieceModel.UNIGRAM;
    private int unknownId = 0;
    private String unknownPiece = "<unk>";
    private byte[] charsMap = {};
    private boolean trained;
    private boolean normalizes;

    private SentencePieceReader() {}

    /** Throws with a sentence that goes on from "cannot be read: ". */
    static SentencePieceModel read(byte[] file) throws DataFormatException {
        SentencePieceReader reader = new SentencePieceReader();
        reader.readModel(Protobuf.of(file));
        // The pieces come first: a file cut between two of them is still a message, of fewer tokens.
        if (reader.pieces.isEmpty() || !reader.trained || !reader.normalizes) {
            throw new DataFormatException("it is cut short, or not a SentencePiece model");
        }
        if (reader.unknownId < 0 || reader.unknownId >= reader.pieces.size()) {
            throw new DataFormatException("its unknown token, %d, is not among its %d pieces"
                    .formatted(reader.unknownId, reader.pieces.size()));
        }
        return new SentencePieceModel(
                List.copyOf(reader.pieces), reader.type, reader.unknownId, reader.unknownPiece, reader.charsMap);
    }

    private void readModel(Protobuf model) throws DataFormatException {
        while (model.next()) {
            switch (model.tag()) {
                case PIECES -> pieces.add(piece(model.message()));
                case TRAINER_SPEC -> readTrainer(model.message());
                case NORMALIZER_SPEC -> readNormalizer(model.message());
                default -> model.skip();
            }
        }
    }

    private Piece piece(Protobuf message) throws DataFormatException {
        String text = "";
        float score = 0;
        int type = Piece.NORMAL;
        while (message.next()) {
            switch (message.tag()) {
                case PIECE -> text = message.text();
                case SCORE -> score = message.float32();
                case TYPE -> type = (int) message.varint();
                default -> message.skip();
            }
        }
        if (text.isEmpty() || !Float.isFinite(score)) {
            throw new DataFormatException(
                    "its piece %d is \"%s\" with the score %s".formatted(pieces.size(), text, score));
        }
        return new Piece(text, score, type);
    }

    private void readTrainer(Protobuf spec) throws DataFormatException {
        trained = true;
        while (spec.next()) {
            switch (spec.tag()) {
                case MODEL_TYPE -> type = (int) spec.varint();
                case UNK_ID -> unknownId = (int) spec.varint();
                case UNK_PIECE -> unknownPiece = spec.text();
                default -> spec.skip();
            }
        }
    }

    private void readNormalizer(Protobuf spec) throws DataFormatException {
        normalizes = true;
        while (spec.next()) {
            if (spec.tag() == PRECOMPILED_CHARSMAP) {
                charsMap = spec.bytes();
            } else {
                spec.skip();
            }
        }
    }
}
