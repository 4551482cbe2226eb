package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.cli.EndlessStream;
import dev.cloze.cli.serve.http.AccessRules;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that stops while a client's stream has no end. */
class ServeStopTest {

    @Test
    void theStreamIsBrokenOffAfterTheGraceAndThatIsNoFailure() throws Exception {
        AccessRules rules = AccessRules.of(Optional.empty(), List.of(), List.of());
        Served served = new Served(Served.usual(), Served.settings(rules, 256, Duration.ofSeconds(2)));
        int port = served.port();
        try (EndlessStream stream = new EndlessStream(port)) {
            stream.awaitAnswers(200);

            long start = System.nanoTime();
            served.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
