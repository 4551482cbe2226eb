package dev.cloze.cli.serve.route;

import dev.cloze.runtime.GenerationListener;
import java.util.concurrent.CompletableFuture;

/** Ends the writing where the client has hung up. */
class Hearer implements GenerationListener {

    private final CompletableFuture<Boolean> answered;

    Hearer(CompletableFuture<Boolean> answered) {
        this.answered = answered;
    }

    @Override
    public void onText(int prompt, String piece) {}

    @Override
    public boolean isCancelled() {
        return answered.isCancelled();
    }
}
