package dev.cloze.runtime.checkpoint.folder;

import dev.cloze.runtime.checkpoint.ShardedCheckpoint;
import dev.cloze.runtime.checkpoint.WeightsLayout;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that make the model a place holds: configuration, tokenizer and weights, each in the form the place has it.
 *
 * @param needed the names of the files, of those alternatives the place has
 * @param missing what the place lacks, in words
 */
public record ModelFiles(List<String> needed, List<String> missing) {

    static final String TOKENIZER_CHOICES =
            "tokenizer.json (or vocab.txt, or vocab.json with merges.txt, or a SentencePiece model: spiece.model,"
                    + " sentencepiece.bpe.model or tokenizer.model)";
    static final String WEIGHTS_CHOICES = "model.safetensors (or its sharded index, or pytorch_model.bin)";

    private static final String ADDED_TOKENS = "added_tokens.json";
    private static final List<String> OPTIONAL = List.of(
            ConfigFiles.TOKENIZER,
            "special_tokens_map.json",
            ADDED_TOKENS,
            ConfigFiles.GENERATION,
            ConfigFiles.MODULES,
            ConfigFiles.POOLING);

    /** Looks through a place; CHECKPOINT_CORRUPT if its index of shards is damaged. */
    public static ModelFiles of(FileStock stock) throws IOException {
        ModelFiles readable = withoutWeights(stock);
        List<String> needed = new ArrayList<>(readable.needed());
        List<String> missing = new ArrayList<>(readable.missing());
        Optional<String> weights =
                WeightsLayout.CANDIDATES.stream().filter(stock::has).findFirst();
        if (weights.isEmpty()) {
            missing.add(WEIGHTS_CHOICES);
        } else {
            needed.add(weights.get());
            if (weights.get().endsWith(".json")) {
                for (String shard : stock.index(weights.get()).shards()) {
                    take(stock, shard, needed, missing);
                }
            }
        }
        return new ModelFiles(List.copyOf(needed), List.copyOf(missing));
    }

    /** Looks through a place for configuration and tokenizer alone, which are all that the compiler reads. */
    public static ModelFiles withoutWeights(FileStock stock) {
        List<String> needed = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        take(stock, ConfigFiles.MODEL, needed, missing);
        Optional<List<String>> tokenizer = TokenizerFolder.CHOICES.stream()
                .filter(files -> files.stream().allMatch(stock::has))
                .findFirst();
        tokenizer.ifPresentOrElse(needed::addAll, () -> missing.add(TOKENIZER_CHOICES));
        OPTIONAL.stream().filter(stock::has).forEach(needed::add);
        return new ModelFiles(List.copyOf(needed), List.copyOf(missing));
    }

    /** Whether this is a file of weights, or the index of several, which stand behind all others. */
    public static boolean isFirstOfWeights(String name) {
        return WeightsLayout.CANDIDATES.contains(name);
    }

    private static void take(FileStock stock, String name, List<String> needed, List<String> missing) {
        (stock.has(name) ? needed : missing).add(name);
    }

    /** Whether nothing is missing. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** Whether the place has nothing of a model at all. */
    public boolean none() {
        return needed.isEmpty();
    }

    /** The files that hold a folder's weights: one, or an index and its shards. */
    public static List<Path> weights(Path folder) {
        Path weights = WeightsLayout.find(folder).orElseThrow(() -> WeightsLayout.missing(folder));
        List<Path> files = new ArrayList<>(List.of(weights));
        if (weights.getFileName().toString().endsWith(".json")) {
            for (String shard : ShardedCheckpoint.read(weights).shards()) {
                files.add(folder.resolve(shard));
            }
        }
        return files;
    }

    /** The files a folder's tokenizer is made from; none if it has no tokenizer. */
    static List<Path> tokenizer(Path folder) {
        FileStock stock = FileStock.of(folder);
        List<String> names = new ArrayList<>(TokenizerFolder.CHOICES.stream()
                .filter(files -> files.stream().allMatch(stock::has))
                .findFirst()
                .orElse(List.of()));
        // A bare vocabulary needs the configuration to know about case, and has its added tokens beside it; a whole
        // tokenizer may be changed by the configuration.
        if (!names.isEmpty() && stock.has(ConfigFiles.TOKENIZER) && isShapedBySettings(folder, names)) {
            names.add(ConfigFiles.TOKENIZER);
        }
        if (!names.isEmpty() && !names.contains("tokenizer.json") && stock.has(ADDED_TOKENS)) {
            names.add(ADDED_TOKENS);
        }
        return names.stream().map(folder::resolve).toList();
    }

    private static boolean isShapedBySettings(Path folder, List<String> names) {
        return !names.contains("tokenizer.json") || TokenizerFolder.open(folder).isChangedBySettings();
    }
}
