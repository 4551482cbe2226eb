package dev.cloze.runtime.checkpoint.hub;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.hub.FakeHub.COMMIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.runtime.checkpoint.folder.SentenceModules;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.checkpoint.resolution.Models;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubDownloadTest extends HubTestBase {

    @Test
    void aModelIsDownloadedIntoTheCacheOfHuggingFace() throws IOException {
        ModelFolder model = resolver().resolve("org/tiny");
        Path folder = hubCache().resolve("models--org--tiny");
        assertThat(model).isEqualTo(new ModelFolder("org/tiny", folder.resolve("snapshots/" + COMMIT), Origin.HUB));
        assertThat(folder.resolve("refs/main")).hasContent(COMMIT);
        assertWhole(model);
        Path weights = model.path().resolve("model.safetensors");
        assertThat(Files.readSymbolicLink(weights)).isEqualTo(Path.of("../../blobs/" + model.weightsHash()));
        assertOnlyBlobs(3);
    }

    @Test
    void whatMakesSentenceVectorsComesToo() throws IOException {
        hub.files.put("modules.json", "[{\"type\": \"sentence_transformers.models.Pooling\"}]".getBytes(UTF_8));
        hub.files.put("1_Pooling/config.json", "{\"pooling_mode\": \"cls\"}".getBytes(UTF_8));
        ModelFolder model = resolver().resolve("org/tiny");
        assertThat(model.sentenceModules()).isEqualTo(new SentenceModules(SentenceModules.Pooling.FIRST, false));
        Path link = model.path().resolve("1_Pooling/config.json");
        assertThat(Files.readSymbolicLink(link).toString()).startsWith("../../../blobs/");
    }

    @Test
    void weightsCanBeLeftOutAndComeWhenTheyAreAskedFor() throws IOException {
        ModelFolder model = resolver().resolveWithoutWeights("org/tiny");
        assertThat(model.origin()).isEqualTo(Origin.HUB);
        assertThat(model.path().resolve("config.json")).hasBinaryContent(hub.content("config.json"));
        assertThat(model.path().resolve("tokenizer.json")).hasBinaryContent(hub.content("tokenizer.json"));
        assertThat(hub.gets("model.safetensors")).isZero();
        assertOnlyBlobs(2);
        assertThat(resolver().resolveWithoutWeights("org/tiny").origin()).isEqualTo(Origin.HUB_CACHE);
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(hub.gets("tokenizer.json")).isEqualTo(1);
    }

    @Test
    void aTokenizerThatCannotBeReadIsRefusedWithoutWeightsToo() {
        hub.files.put("tokenizer.json", "{}".getBytes(UTF_8));
        assertProblem(Problem.TOKENIZER_UNREADABLE, () -> resolver().resolveWithoutWeights("org/tiny"));
        assertNothingUsable();
    }

    @Test
    void aDownloadIsShownAsLogLinesWhereThereIsNoTerminal() throws IOException, InterruptedException {
        hub.files.put("tokenizer.json", Models.tokenizer(20_000_000));
        String output =
                ChildJvm.start(HubDiskAndProcessesTest.Download.class, place()).output();
        assertThat(output)
                .contains("Downloading org/tiny (20 MB) from " + hub.endpoint())
                .containsOnlyOnce("org/tiny: 20 MB of 20 MB (100 %)")
                .contains(" MB of 20 MB (50 %)");
        assertThat(output.lines().filter(line -> line.contains("%)"))).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void aDownloadIsShownAsABarOnATerminal() throws IOException, InterruptedException {
        ChildJvm.assumeTerminals();
        hub.files.put("tokenizer.json", Models.tokenizer(20_000_000));
        ChildJvm child = ChildJvm.startOnTerminal(HubDiskAndProcessesTest.Download.class, place(), "");
        assertThat(child.output()).containsPattern("org/tiny +100%").doesNotContain("%)");
    }

    @Test
    void noShareOfAnUnknownSizeIsShown() {
        System.setProperty("cloze.progress", "log");
        try {
            assertThat(shown(-1)).isEmpty();
            assertThat(shown(1000)).singleElement().asString().endsWith("(100 %)");
        } finally {
            System.clearProperty("cloze.progress");
        }
    }

    /** Of a download of 2,000 bytes. */
    private static List<String> shown(long total) {
        return Logged.during(() -> {
            try (DownloadProgress progress = new DownloadProgress("org/tiny", total)) {
                progress.add(2000);
            }
        });
    }

    private List<String> place() {
        return List.of(hub.endpoint().toString(), hubCache().toString());
    }

    @Test
    void whatIsInTheCacheIsNotAskedForAgain() {
        resolver().resolve("org/tiny");
        hub.requests.clear();
        assertThat(resolver().resolve("org/tiny").origin()).isEqualTo(Origin.HUB_CACHE);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void theTokenGoesToTheHubOnly() {
        resolver("hf_secret").resolve("org/tiny");
        assertThat(hub.requests.stream().filter(r -> r.server().equals("hub")).map(FakeHub.Request::token))
                .isNotEmpty()
                .containsOnly("Bearer hf_secret");
        assertThat(hub.requests.stream().filter(r -> r.server().equals("store")).map(FakeHub.Request::token))
                .isNotEmpty()
                .containsOnlyNulls();
    }

    @Test
    void allFilesAreOfTheRevisionThatWasSeenFirst() {
        resolver().resolve("org/tiny");
        assertThat(hub.requests.stream().map(FakeHub.Request::path).skip(1)).allMatch(path -> path.contains(COMMIT));
    }

    @Test
    void shardsArePartOfTheModel() throws IOException {
        hub.files.remove("model.safetensors");
        for (String file : List.of(
                "model.safetensors.index.json",
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors")) {
            hub.files.put(file, Files.readAllBytes(Fixtures.path("sharded-safetensors/" + file)));
        }
        try (Checkpoint checkpoint =
                Checkpoint.open(resolver().resolve("org/tiny").path())) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c");
        }
        assertThat(hub.gets("model.safetensors.index.json")).isEqualTo(1);
    }

    @Test
    void aShardThatTheHubLacksIsToldBeforeAnyShardIsDownloaded() throws IOException {
        index(Files.readAllBytes(Fixtures.path("sharded-safetensors/model.safetensors.index.json")));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("lacks model-00002-of-00002.safetensors");
        assertThat(hub.gets("model-00001-of-00002.safetensors")).isZero();
        assertNothingUsable();
    }

    @Test
    void anIndexOnTheHubCannotLeadOutOfTheCache() throws IOException {
        index("{\"weight_map\": {\"a\": \"../../../../evil\"}}".getBytes(UTF_8));
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("\"../../../../evil\", which is not in its own folder");
        assertThat(hub.requests).noneMatch(request -> request.path().contains("evil"));
        assertThat(root.resolve("evil")).doesNotExist();
        assertNothingUsable();
    }

    /** The hub has this index of shards, and the first shard alone. */
    private void index(byte[] content) throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put("model.safetensors.index.json", content);
        String first = "model-00001-of-00002.safetensors";
        hub.files.put(first, Files.readAllBytes(Fixtures.path("sharded-safetensors/" + first)));
    }

    @Test
    void anOlderModelWithVocabularyAndPickleIsTaken() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.remove("tokenizer.json");
        hub.files.put("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n".getBytes(UTF_8));
        hub.files.put("pytorch_model.bin", Files.readAllBytes(Fixtures.path("zipped.bin")));
        hub.files.put("tokenizer_config.json", "{}".getBytes(UTF_8));
        ModelFolder model = resolver().resolve("org/tiny");
        assertWhole(model);
        Checkpoint.open(model.path()).close();
    }

    @Test
    void aModelWithASentencePieceModelIsTakenWithWhatBelongsToIt() throws IOException {
        hub.files.remove("tokenizer.json");
        hub.files.put("config.json", "{\"model_type\": \"t5\"}".getBytes(UTF_8));
        Path model = TokenizerFixtures.folder("t5-spiece").resolve("spiece.model");
        hub.files.put("spiece.model", Files.readAllBytes(model));
        for (String name : List.of("tokenizer_config.json", "added_tokens.json")) {
            hub.files.put(name, "{}".getBytes(UTF_8));
        }
        Path folder = resolver().resolve("org/tiny").path();
        assertThat(folder.resolve("spiece.model")).exists();
        assertThat(folder.resolve("tokenizer_config.json")).exists();
        assertThat(folder.resolve("added_tokens.json")).exists();
    }

    @Test
    void aModelWithoutTokenizerIsToldBeforeAnythingButItsConfigurationIsDownloaded() {
        hub.files.remove("tokenizer.json");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("lacks tokenizer.json (or vocab.txt");
        assertOnlyConfigurationFetched();
    }

    @ParameterizedTest
    @CsvSource({"deberta-v2, spm.model", "xlnet, spiece.model", "byt5, none", "rwkv, tokenizer.json"})
    void aModelOfAnotherKindIsToldWithTheKindsThereAreBeforeItsTokenizerIsLookedAt(String type, String tokenizer) {
        hub.files.remove("tokenizer.json");
        hub.files.put(tokenizer, new byte[10]);
        hub.files.put("config.json", ("{\"model_type\": \"" + type + "\"}").getBytes(UTF_8));
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("of type " + type)
                .hasMessageContaining("albert, bert, camembert,");
        assertOnlyConfigurationFetched();
    }

    /** As prajjwal1/bert-tiny has it. */
    @Test
    void aModelThatSaysNoKindIsToldHowToGiveItOneBeforeMoreThanItsConfigurationIsDownloaded() {
        hub.files.put("config.json", "{\"hidden_size\": 128, \"vocab_size\": 2}".getBytes(UTF_8));
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("The config.json of org/tiny has neither a model_type nor architectures")
                .hasMessageContaining("Write \"model_type\": \"bert\"")
                .hasMessageContaining("name the model by that folder's path");
        assertOnlyConfigurationFetched();
    }

    /** As google/byt5-small has it. */
    @Test
    void aTokenizerOfBytesIsToldByItsNameAndNotAsAMissingFile() {
        hub.files.remove("tokenizer.json");
        hub.files.put(
                "config.json", "{\"model_type\": \"t5\", \"tokenizer_class\": \"ByT5Tokenizer\"}".getBytes(UTF_8));
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("names the tokenizer ByT5Tokenizer")
                .hasMessageContaining("google/mt5-small");
        assertOnlyConfigurationFetched();
    }

    @Test
    void aTokenizerThatCannotBeReadIsToldBeforeTheWeightsAreDownloaded() {
        hub.files.put("tokenizer.json", "[]".getBytes(UTF_8));
        assertProblem(Problem.TOKENIZER_UNREADABLE, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("org/tiny/tokenizer.json");
        assertThat(hub.gets("model.safetensors")).isZero();
    }

    @Test
    void aTokenizerThatIsTooLargeIsToldBeforeTheWeightsAreDownloaded() {
        hub.files.put("config.json", "{\"model_type\": \"bert\", \"vocab_size\": 1}".getBytes(UTF_8));
        assertProblem(Problem.TOKENIZER_TOO_LARGE, () -> resolver().resolve("org/tiny"))
                .hasMessageContaining("The tokenizer of org/tiny has 2 ids, but its embedding has 1 rows");
        assertThat(hub.gets("model.safetensors")).isZero();
    }

    private void assertOnlyConfigurationFetched() {
        assertThat(hub.requests.stream().filter(request -> !request.method().equals("HEAD")))
                .allMatch(request -> request.path().endsWith("config.json"));
    }

    @Test
    void offlineTheHubIsNeverAsked() {
        ModelEnvironment offline = environment(null, "HF_HUB_OFFLINE=1");
        assertProblem(Problem.MODEL_OFFLINE, () -> ModelResolver.in(offline).resolve("org/tiny"))
                .hasMessageContaining("HF_HUB_OFFLINE=1 forbids to download it");
        assertThat(ModelResolver.in(offline).explain("org/tiny"))
                .last()
                .extracting(Place::state)
                .isEqualTo(Place.State.SWITCHED_OFF);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void explainAsksNobody() {
        assertThat(resolver().explain("org/tiny"))
                .last()
                .extracting(Place::state)
                .isEqualTo(Place.State.NOT_ASKED);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aPartOfTheModelThatIsInTheCacheIsCompleted() throws IOException {
        Path weights = resolver().resolve("org/tiny").path().resolve("model.safetensors");
        Files.delete(weights.toRealPath());
        Files.delete(weights);
        hub.requests.clear();
        assertWhole(resolver().resolve("org/tiny"));
        assertThat(hub.gets("model.safetensors")).isEqualTo(1);
        assertThat(hub.gets("tokenizer.json")).isZero();
    }

    @Test
    void anEtagCannotLeadOutOfTheCache() throws IOException {
        hub.wrongEtags.put("config.json", "../../../../evil");
        assertWhole(resolver().resolve("org/tiny"));
        assertOnlyBlobs(3);
        assertThat(root.resolve("evil")).doesNotExist();
    }
}
