package dev.cloze.runtime.checkpoint.folder;

/** Where a model came from, in the order in which places are looked at. */
public enum Origin {
    /** The name was the path of a folder. */
    FOLDER("a folder"),
    /** One of the folders of {@code cloze.models} or {@code CLOZE_MODELS}. */
    MODELS("cloze.models"),
    /** A jar like {@code cloze-model-default}. */
    CLASS_PATH("the class path"),
    /** The Hugging Face cache on disk. */
    HUB_CACHE("the Hugging Face cache"),
    /** The Hugging Face hub; the files are in its cache now. */
    HUB("the hub");

    private final String shown;

    Origin(String shown) {
        this.shown = shown;
    }

    /** How it is called in messages. */
    public String shown() {
        return shown;
    }
}
