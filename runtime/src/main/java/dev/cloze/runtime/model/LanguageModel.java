package dev.cloze.runtime.model;

import com.google.gson.JsonObject;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.SentenceModules;
import dev.cloze.runtime.checkpoint.folder.SentenceModules.Pooling;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.vocabulary.folder.EmbeddingRows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model on a device: backbone and tokenizer, shared by all who ask for the same one and freed by the last.
 */
public final class LanguageModel implements AutoCloseable {

    private record Key(Path folder, ComputeDevice device) {}

    private static final Logger LOG = LoggerFactory.getLogger(LanguageModel.class);

    private static final Map<Key, LanguageModel> OPEN = new HashMap<>();

    /** Guards them, also while one is loaded, which takes long: no monitor, in which virtual threads would keep their carriers. */
    private static final ReentrantLock OPENING = new ReentrantLock();

    private final Key key;
    private final ModelFolder folder;
    private final Backbone backbone;
    private final Tokenizer tokenizer;
    private final SpecialTokens special;
    private final int[] textEnds;
    private final FiniteBackbone finite;
    private int users;
    private int toldLength;

    private LanguageModel(Key key, ModelFolder folder, Backbone backbone, Tokenizer tokenizer) {
        this.key = key;
        this.folder = folder;
        this.backbone = backbone;
        this.tokenizer = tokenizer;
        this.textEnds = TextEnds.of(backbone, tokenizer);
        this.special = BackboneTokens.of(backbone.kind(), tokenizer, textEnds);
        this.finite = new FiniteBackbone(backbone);
    }

    /** The model of that name (or in that folder) on the device the user chose; loaded if nobody has it open. */
    public static LanguageModel open(String name) {
        return open(ModelResolver.standard().resolve(name), ComputeDevice.chosen());
    }

    /** A task's model, at the precision that the task asks for. */
    public static LanguageModel open(TaskTuning tuning) {
        return open(ModelResolver.standard().resolve(tuning.backbone()), ComputeDevice.chosen(tuning.precision()));
    }

    /** The model of that name to look at: as it is open for others, at whatever precision, or else loaded. */
    public static LanguageModel openAny(String name) {
        ModelFolder folder = ModelResolver.standard().resolve(name);
        Path path = folder.path().toAbsolutePath().normalize();
        return alone(() -> OPEN.values().stream()
                .filter(model -> model.key.folder().equals(path))
                .findFirst()
                .map(LanguageModel::shared)
                .orElseGet(() -> open(folder, ComputeDevice.chosen())));
    }

    /**
     * What is made with the model of that name, which holds the lease from then on; where making it fails, the lease is given
     * back.
     */
    public static <T> T lend(String name, Function<LanguageModel, T> make) {
        return lend(open(name), make);
    }

    /** The same with a task's model. */
    public static <T> T lend(TaskTuning tuning, Function<LanguageModel, T> make) {
        return lend(open(tuning), make);
    }

    private static <T> T lend(LanguageModel model, Function<LanguageModel, T> make) {
        try {
            return make.apply(model);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** The model of that folder on that device; each call needs a {@link #close} of its own. */
    public static LanguageModel open(ModelFolder folder, ComputeDevice device) {
        Key key = new Key(folder.path().toAbsolutePath().normalize(), device);
        return alone(() -> {
            LanguageModel model = OPEN.get(key);
            if (model == null) {
                model = load(key, folder, device);
                OPEN.put(key, model);
            }
            model.users++;
            return model;
        });
    }

    private static <T> T alone(Supplier<T> work) {
        OPENING.lock();
        try {
            return work.get();
        } finally {
            OPENING.unlock();
        }
    }

    private static LanguageModel load(Key key, ModelFolder folder, ComputeDevice device) {
        JsonObject config = folder.config();
        BackboneFamilies.of(folder.name(), config);
        folder.tokenizerKeys().ifPresent(keys -> {
            keys.refuse();
            keys.report();
        });
        Tokenizer tokenizer = Tokenizer.open(folder.path());
        try {
            int ids = Math.max(tokenizer.vocabularySize(), tokenizer.special().highest() + 1);
            EmbeddingRows.require(folder.name(), config, ids);
            Backbone backbone = BackboneFamilies.load(folder, device);
            TextEnds.reportUnknown(folder.name(), backbone);
            return new LanguageModel(key, folder, backbone, tokenizer);
        } catch (RuntimeException | Error e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Where it came from. */
    public ModelFolder folder() {
        return folder;
    }

    /**
     * Which of the last hidden states its own library makes a text's vector of: their mean, or, where the modules say so, that of
     * the token which classifiers of its kind read, an encoder's first or a decoder's last.
     *
     * @param modules those of its folder
     */
    public StatePooling pooling(SentenceModules modules) {
        Pooling one = backbone.classifier().lastToken() ? Pooling.LAST : Pooling.FIRST;
        boolean isOne = backbone.kind() != BackboneKind.ENCODER_DECODER && modules.pooling() == one;
        if (!isOne && modules.pooling() != Pooling.MEAN) {
            LOG.warn(
                    "{} makes sentence vectors of the {} token's state, which Cloze takes of {} alone: it takes the mean of the last"
                            + " hidden states.",
                    folder.name(),
                    modules.pooling() == Pooling.FIRST ? "first" : "last",
                    modules.pooling() == Pooling.FIRST ? "encoders" : "decoders");
        }
        return isOne ? StatePooling.PLACES : StatePooling.MEAN;
    }

    /** Its pretrained backbone. */
    public Backbone backbone() {
        return backbone;
    }

    /** Its tokenizer. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** What a saved pipeline says of it. */
    public ModelIdentity identity() {
        return new ModelIdentity(
                folder.name(),
                folder.weightsHash(),
                folder.tokenizerHash(),
                folder.commit().orElse(null));
    }

    /** The same model for one more user, who closes it too. */
    public LanguageModel shared() {
        return alone(() -> {
            users++;
            return this;
        });
    }

    /** The special tokens of its texts, which for a decoder are not all that its tokenizer adds. */
    public SpecialTokens special() {
        return special;
    }

    /** Refuses a checkpoint that was stored without a language-model head: {@code CHECKPOINT_MISSING_WEIGHT}. */
    public void requireHead() {
        MissingHead.refuse(backbone, folder.name());
    }

    /** Refuses pretrained weights that are no numbers: {@code MODEL_NOT_FINITE}. The first who asks waits for a pass over them. */
    public void requireFinite() {
        finite.require(folder.name());
    }

    /**
     * Its pretrained backbone where that writes text; {@code MODEL_UNSUPPORTED} where it doesn't, {@code
     * CHECKPOINT_MISSING_WEIGHT} where it was stored without its head.
     */
    public TextBackbone textBackbone() {
        if (backbone instanceof TextBackbone text) {
            requireHead();
            return text;
        }
        throw new ClozeException(
                Problem.MODEL_UNSUPPORTED,
                "The model " + folder.name() + " can't write text: it is an encoder, which says what stands at a"
                        + " mask.\n  Text is written by decoders, such as GPT-2, Llama, Mistral and Qwen, and by T5.");
    }

    /**
     * The tokens that end a text of this model's, by its configuration or else its tokenizer; a text it learns ends with the
     * first. Empty where neither says it.
     */
    public int[] textEnds() {
        return textEnds.clone();
    }

    /**
     * Tokens an input may have.
     *
     * @param wanted by the task; 0 for the usual number
     * @param usual what it is where the task wants no other and the model can read as much
     */
    public int inputLength(int wanted, int usual) {
        return inputLength(wanted, usual, 0);
    }

    /**
     * The same where a prefix stands before every input, whose places count among its tokens: what is left for the rest.
     *
     * @param taken how many places
     */
    public int inputLength(int wanted, int usual, int taken) {
        int most = longest(wanted);
        if (wanted > most) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "@Tuning(maxLength = " + wanted + ") is more than " + folder.name() + " can read: " + most
                            + " tokens.\n  Write at most " + most + ".");
        }
        tellOfLength(wanted);
        int all = wanted == 0 ? Math.min(most, usual + taken) : wanted;
        if (taken > 0 && all - taken < TuningOptions.FEWEST_TOKENS) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_OUT_OF_RANGE,
                    "A prefix of promptLength = " + taken + " leaves " + Math.max(0, all - taken) + " of " + all
                            + " tokens for the input, which needs " + TuningOptions.FEWEST_TOKENS + " at least."
                            + "\n  "
                            + (wanted == 0
                                    ? folder.name() + " reads " + most + " tokens."
                                    : "maxLength = " + wanted + " counts the prefix too.")
                            + "\n  Write a shorter prefix"
                            + (all < most || backbone.readsLonger() ? ", or a longer maxLength." : "."));
        }
        return all - taken;
    }

    /**
     * Tokens a text may have: what the model was trained on, or as many as a task wants where it reads longer ones too.
     *
     * @param wanted by the task; 0 for no certain number
     */
    public int longest(int wanted) {
        int trained = backbone.shape().maxLength();
        return backbone.readsLonger() ? Math.max(trained, wanted) : trained;
    }

    private synchronized void tellOfLength(int wanted) {
        int trained = backbone.shape().maxLength();
        if (wanted > Math.max(trained, toldLength)) {
            toldLength = wanted;
            LOG.info(
                    "{} was trained on {} tokens at most: with maxLength = {} it reads longer texts than it learned from.",
                    folder.name(),
                    trained,
                    wanted);
        }
    }

    /** How many models are open at present, for leak tests. */
    static int openModels() {
        return alone(OPEN::size);
    }

    /** Gives it back; the last one to do so frees it. */
    @Override
    public void close() {
        OPENING.lock();
        try {
            users--;
            if (users == 0) {
                OPEN.remove(key);
                backbone.close();
                tokenizer.close();
            }
        } finally {
            OPENING.unlock();
        }
    }
}
