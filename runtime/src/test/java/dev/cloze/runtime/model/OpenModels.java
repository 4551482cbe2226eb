package dev.cloze.runtime.model;

/** How many models are open at present: none may be left behind. */
public final class OpenModels {

    private OpenModels() {}

    public static int count() {
        return LanguageModel.openModels();
    }

    /** Which of all that there were the open model of that name is. */
    public static int identity(String name) {
        try (LanguageModel model = LanguageModel.open(name)) {
            return System.identityHashCode(model);
        }
    }
}
