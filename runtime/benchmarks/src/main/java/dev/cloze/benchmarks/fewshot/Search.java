package dev.cloze.benchmarks.fewshot;

/** Whose learning rate a row uses: each group's is searched for equally widely, and rows that are not searched inherit. */
enum Search {
    /** Nothing is trained by gradients, or the method's own default stands. */
    NONE("the method's own"),
    FINE_TUNING("fine-tuning"),
    PROMPT("prompt-based fine-tuning"),
    DEMONSTRATIONS("prompt-based fine-tuning with demonstrations"),
    SETFIT("SetFit");

    private final String title;

    Search(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
