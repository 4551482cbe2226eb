package dev.cloze.runtime.model;

/** How many models are open at present: none may be left behind. */
public final class OpenModels {

    private OpenModels() {}

    public static int count() {
        return LanguageModel.openModels();
    }
}
