package dev.cloze.vocabulary.folder;

import java.util.ArrayList;
import java.util.List;

/** Llama's and Mistral's use of SentencePiece: no normalizing, no splitting at spaces, and bytes for what is unknown. */
final class LlamaPieces extends SentencePieceFamily {

    private static final int SPECIAL = 3; // the first pieces: <unk>, <s> and </s>

    LlamaPieces(TokenizerFolder folder, SentencePieceModel model) {
        super(folder, model);
    }

    @Override
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        model.pieces()
                .forEach(piece -> tokens.add(new Token(piece.text(), tokens.size() < SPECIAL ? 0 : piece.score())));
        return tokens;
    }

    @Override
    int unknownId() {
        return 0;
    }

    @Override
    boolean fallsBackToBytes() {
        return true;
    }

    @Override
    void addSpecialTokens(TokenizerJson tokenizer) {
        tokenizer.special("unk_token", "<unk>");
        String begin = tokenizer.special("bos_token", "<s>");
        String end = tokenizer.special("eos_token", "</s>");
        List<String> single = new ArrayList<>();
        List<String> pair = new ArrayList<>();
        if (folder.flag("add_bos_token").orElse(true)) {
            single.add(begin);
            pair.add(begin + ":1");
        }
        single.add("$A");
        pair.add("$B:1");
        if (folder.flag("add_eos_token").orElse(false)) {
            single.add(end);
            pair.add(end + ":1");
        }
        pair.addAll(0, single);
        tokenizer.put("post_processor", tokenizer.template(single, pair));
    }

    @Override
    void addStages(TokenizerJson tokenizer) {
        LlamaStages.of(folder).forEach(tokenizer::put);
    }
}
