package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, as libtorch is loaded once, that tell each address that they are about to ask. */
class NetworkTest {

    @TempDir
    Path folder;

    @Test
    void loadingLibtorchAsksNobodyWhereItRuns() throws Exception {
        assertThat(ChildJvm.start(Loading.class, List.of()).output())
                .contains("loaded " + Libtorch.VERSION, "OPT_OUT_TRACKING=true", "ai.djl.offline=null")
                .doesNotContain("asked http");
    }

    @Test
    void whoWantsDjlToTellItsMakersHasIt() throws Exception {
        assertThat(ChildJvm.start(Loading.class, List.of("OPT_OUT_TRACKING=false"))
                        .output())
                .contains("loaded " + Libtorch.VERSION, "OPT_OUT_TRACKING=false", "asked http://169.254.169.254/");
    }

    @Test
    void offlineNothingIsFetchedThatIsNotOnTheClassPath() throws Exception {
        assertThat(withoutLibtorch("cloze.offline=true"))
                .contains("[EngineLibtorch]", "Put ai.djl.pytorch:pytorch-jni", "ai.djl.offline=true")
                .doesNotContain("loaded " + Libtorch.VERSION, "asked http");
    }

    @Test
    void whatTheUserTellsDjlStays() throws Exception {
        assertThat(withoutLibtorch("cloze.offline=true", "ai.djl.offline=false"))
                .contains("ai.djl.offline=false", "asked https://publish.djl.ai/");
    }

    private String withoutLibtorch(String... settings) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("DJL_CACHE_DIR=" + folder);
        return ChildJvm.startWithout("pytorch-native", Loading.class, all).output();
    }

    /** Loads libtorch with these properties and no network, and says what came of it. */
    static final class Loading {
        public static void main(String[] settings) {
            URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new NoNetwork() : null);
            for (String setting : settings) {
                int at = setting.indexOf('=');
                System.setProperty(setting.substring(0, at), setting.substring(at + 1));
            }
            try {
                System.out.println("loaded " + LoadedLibtorch.load().version());
            } catch (ClozeException e) {
                System.out.println(e.getMessage());
            }
            for (String name : List.of(Network.TRACKING, Network.DJL_OFFLINE)) {
                System.out.println(name + "=" + System.getProperty(name));
            }
        }
    }

    /** Tells what it is asked for. */
    private static final class NoNetwork extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL address) throws IOException {
            System.out.println("asked " + address);
            throw new IOException("there is no network");
        }

        @Override
        protected URLConnection openConnection(URL address, Proxy proxy) throws IOException {
            return openConnection(address);
        }
    }
}
