package dev.cloze.testkit.data;

/**
 * A labelled text of a public data set.
 *
 * @param title its title, empty where the data set has none
 * @param text the text
 * @param label the label's name
 */
public record TextExample(String title, String text, String label) {

    /** A text without a title. */
    public TextExample(String text, String label) {
        this("", text, label);
    }
}
