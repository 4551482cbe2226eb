package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.GenerationListener;

/** Passes one text on without the space that joins it to its prompt. */
final class TrimmedListener implements GenerationListener {

    private final GenerationListener listener;
    private boolean begun;

    TrimmedListener(GenerationListener listener) {
        this.listener = listener;
    }

    @Override
    public void onText(int prompt, String piece) {
        String rest = begun ? piece : piece.stripLeading();
        if (!rest.isEmpty()) {
            begun = true;
            listener.onText(prompt, rest);
        }
    }

    @Override
    public boolean isCancelled() {
        return listener.isCancelled();
    }
}
