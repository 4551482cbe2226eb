package dev.cloze.cli.serve.route;

import dev.cloze.runtime.workbench.request.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A stream of events, which ends the writing where nobody reads it any more. */
final class Events extends Hearer {

    private final OutputStream out;
    private @Nullable IOException gone;

    Events(OutputStream out, CompletableFuture<Boolean> answered) {
        super(answered);
        this.out = out;
    }

    @Override
    public void onText(int prompt, String piece) {
        send("text", Map.of("text", piece));
    }

    @Override
    public boolean isCancelled() {
        return gone != null || super.isCancelled();
    }

    void send(String event, Object data) {
        if (gone != null) {
            return;
        }
        try {
            out.write(("event: " + event + "\ndata: " + Json.write(data) + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            gone = e;
        }
    }

    /** Why it was not read to its end, where it was not. */
    @Nullable
    IOException close() {
        try {
            out.close();
        } catch (IOException e) {
            gone = gone == null ? e : gone;
        }
        return gone;
    }
}
