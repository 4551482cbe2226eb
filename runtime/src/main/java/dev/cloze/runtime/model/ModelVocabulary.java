package dev.cloze.runtime.model;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.verbalizer.LabelVocabulary;
import dev.cloze.vocabulary.Vocabulary;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** The vocabulary of a model as the compiler sees it, so that both check label words with the same code. */
public final class ModelVocabulary implements LabelVocabulary {

    private final String name;
    private final Vocabulary vocabulary;
    private final boolean written;

    /** The vocabulary of this model. */
    public ModelVocabulary(LanguageModel model) {
        this.name = model.folder().name();
        this.vocabulary = model.tokenizer().vocabulary();
        this.written = model.backbone().kind() != BackboneKind.ENCODER;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isWritten() {
        return written;
    }

    @Override
    public List<Integer> encodeWord(String word, boolean afterSpace) {
        return vocabulary.encodeWord(word, afterSpace);
    }

    @Override
    public OptionalInt unknownId() {
        return vocabulary.unknownId();
    }

    @Override
    public String token(int id) {
        return vocabulary.token(id);
    }

    @Override
    public List<String> nearestSingleTokenWords(String word, boolean afterSpace, int k) {
        return vocabulary.nearestSingleTokenWords(word, afterSpace, k);
    }

    @Override
    public SortedMap<Integer, String> wholeWords(boolean afterSpace) {
        return vocabulary.wholeWordsAndNumbers(afterSpace);
    }
}
