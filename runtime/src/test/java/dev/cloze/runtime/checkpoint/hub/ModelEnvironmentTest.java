package dev.cloze.runtime.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelEnvironmentTest {

    @TempDir
    Path home;

    @Test
    void withoutSettingsTheUsersCachesAndTheHubAreUsed() {
        ModelEnvironment environment = of(Map.of());
        assertThat(environment.modelFolders()).isEmpty();
        assertThat(environment.cache()).isEqualTo(home.resolve(".cache/cloze"));
        assertThat(environment.hubCache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(environment.endpoint()).hasToString("https://huggingface.co");
        assertThat(environment.token()).isNull();
        assertThat(environment.offline()).isFalse();
    }

    @Test
    void theVariablesOfHuggingFaceAreHeeded() {
        ModelEnvironment environment = of(Map.of(
                "HF_HOME",
                "/hf",
                "HF_ENDPOINT",
                "https://mirror.example/hub/",
                "HF_TOKEN",
                " hf_secret\n",
                "HF_HUB_OFFLINE",
                "1"));
        assertThat(environment.hubCache()).isEqualTo(Path.of("/hf/hub"));
        assertThat(environment.endpoint()).hasToString("https://mirror.example/hub");
        assertThat(environment.token()).isEqualTo("hf_secret");
        assertThat(environment.offlineBecause()).isEqualTo("HF_HUB_OFFLINE=1");
        assertThat(of(Map.of("HF_HOME", "/hf", "HF_HUB_CACHE", "/elsewhere")).hubCache())
                .isEqualTo(Path.of("/elsewhere"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/xdg")).hubCache()).isEqualTo(Path.of("/xdg/huggingface/hub"));
    }

    @Test
    void theOlderVariablesOfHuggingFaceCountBehindTheNewerOnes() throws IOException {
        Map<String, String> older =
                Map.of("HUGGINGFACE_HUB_CACHE", "/older", "HUGGING_FACE_HUB_TOKEN", "hf_older", "HF_HOME", "/hf");
        assertThat(of(older).hubCache()).isEqualTo(Path.of("/older"));
        assertThat(of(older).token()).isEqualTo("hf_older");
        Map<String, String> newer = new HashMap<>(older);
        newer.putAll(Map.of("HF_HUB_CACHE", "/newer", "HF_TOKEN", "hf_newer"));
        assertThat(of(newer).hubCache()).isEqualTo(Path.of("/newer"));
        assertThat(of(newer).token()).isEqualTo("hf_newer");
        Files.writeString(home.resolve("secret"), "hf_elsewhere\n");
        assertThat(of(Map.of("HF_TOKEN_PATH", "~/secret")).token()).isEqualTo("hf_elsewhere");
    }

    @ParameterizedTest
    @CsvSource({
        "CLOZE_MODELS, mine",
        "CLOZE_CACHE, mine",
        "XDG_CACHE_HOME, mine/cloze",
        "HF_HUB_CACHE, mine",
        "HUGGINGFACE_HUB_CACHE, mine",
        "HF_HOME, mine/hub"
    })
    void aTildeIsTheHomeFolderInEveryPath(String variable, String place) {
        ModelEnvironment environment = of(Map.of(variable, "~/mine"));
        List<Path> paths = new ArrayList<>(environment.modelFolders());
        paths.addAll(List.of(environment.cache(), environment.hubCache()));
        assertThat(paths).contains(home.resolve(place));
        Properties properties = properties();
        properties.setProperty("cloze.models", "/one, ~/two,~three");
        assertThat(ModelEnvironment.of(Map.of(), properties).modelFolders())
                .containsExactly(Path.of("/one"), home.resolve("two"), Path.of("~three"));
    }

    @Test
    void aStoredTokenIsUsedWhenNoneIsSet() throws IOException {
        Files.createDirectories(home.resolve(".cache/huggingface"));
        Files.writeString(home.resolve(".cache/huggingface/token"), "hf_stored\n");
        assertThat(of(Map.of()).token()).isEqualTo("hf_stored");
        assertThat(of(Map.of("HF_TOKEN", "hf_set")).token()).isEqualTo("hf_set");
    }

    @Test
    void thePropertyWinsOverTheVariable() {
        Properties properties = properties();
        properties.setProperty("cloze.models", "/one" + File.pathSeparator + "/two, /three");
        properties.setProperty("cloze.offline", "true");
        ModelEnvironment environment = ModelEnvironment.of(Map.of("CLOZE_MODELS", "/other"), properties);
        assertThat(environment.modelFolders()).containsExactly(Path.of("/one"), Path.of("/two"), Path.of("/three"));
        assertThat(environment.offlineBecause()).isEqualTo("cloze.offline=true");
    }

    @Test
    void theVariablesOfProxiesAreHeededSmallLettersFirst() {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "http://a:1", "https_proxy", " http://b:2 ", "HTTP_PROXY", "c:3", "no_proxy", "");
        assertThat(of(variables).proxies()).isEqualTo(new ProxyVariables("http://b:2", "c:3", null));
        assertThat(of(Map.of()).proxies()).isEqualTo(ProxyVariables.NONE);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "TRUE, true", "yes, true", "ON, true", "0, false", "false, false", "no, false", "'', false"})
    void offlineIsSwitchedByTheWordsHuggingFaceKnows(String value, boolean offline) {
        assertThat(of(Map.of("HF_HUB_OFFLINE", value)).offline()).isEqualTo(offline);
    }

    private ModelEnvironment of(Map<String, String> variables) {
        return ModelEnvironment.of(variables, properties());
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("user.home", home.toString());
        return properties;
    }
}
