package dev.cloze.runtime.model;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.template.TemplateEncoder;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A template for one model: the same sentence for every kind of backbone, with what the kind has for a mask. */
public final class ModelTemplate {

    private static final String EMPTY_LINE = "\n\n";

    private final TemplateEncoder encoder;
    private final BackboneKind kind;
    private final int textBefore;
    private final boolean ended;
    private final int virtualBefore;

    /**
     * @param textBefore the token that stands for a text before this one
     * @param ended whether a token ends each text
     * @param virtualBefore virtual tokens before all others
     */
    private ModelTemplate(
            TemplateEncoder encoder, BackboneKind kind, int textBefore, boolean ended, int virtualBefore) {
        this.ended = ended;
        this.virtualBefore = virtualBefore;
        this.encoder = encoder;
        this.kind = kind;
        this.textBefore = textBefore;
    }

    /**
     * Prepares a template.
     *
     * @param maxLength tokens of an encoded text at most, special tokens included
     * @throws ClozeException as {@link TemplateEncoder#compile(List, dev.cloze.runtime.template.TextEncoder,
     *     dev.cloze.vocabulary.AddedTokens, boolean, dev.cloze.runtime.tokenizer.SpecialTokens, int)}, and {@code
     *     TEMPLATE_MASK_NOT_LAST}
     */
    public static ModelTemplate of(List<TemplatePart> parts, LanguageModel model, int maxLength) {
        return of(parts, false, model, model.special(), maxLength);
    }

    /** As above, for a template that is a whole text: white space at its two ends is read. */
    public static ModelTemplate asWritten(List<TemplatePart> parts, LanguageModel model, int maxLength) {
        return of(parts, true, model, model.special(), maxLength);
    }

    /**
     * As {@link #of(List, LanguageModel, int)}, for texts that nothing is to follow: a decoder's too end as its tokenizer ends them,
     * which is what those of sentence vectors are trained on.
     */
    public static ModelTemplate ofWholeTexts(List<TemplatePart> parts, LanguageModel model, int maxLength) {
        SpecialTokens special = model.backbone().kind() == BackboneKind.DECODER
                ? model.special().endedBy(model.tokenizer().special().end())
                : model.special();
        return of(parts, false, model, special, maxLength);
    }

    private static ModelTemplate of(
            List<TemplatePart> parts, boolean asWritten, LanguageModel model, SpecialTokens special, int maxLength) {
        BackboneKind kind = model.backbone().kind();
        if (kind == BackboneKind.DECODER) {
            requireMaskLast(parts, model);
        }
        Tokenizer tokenizer = model.tokenizer();
        TemplateEncoder encoder = TemplateEncoder.compile(
                parts, tokenizer::encode, tokenizer.addedTokens(), asWritten, special, maxLength);
        int[] ends = model.textEnds();
        return new ModelTemplate(encoder, kind, ends.length > 0 ? ends[0] : special.pad(), special.end().length > 0, 0);
    }

    /**
     * The same with so many virtual tokens before all others, special tokens included, where PEFT has them too; they count
     * among the tokens of an input.
     *
     * @throws ClozeException {@code TEMPLATE_TOO_LONG} where they leave no room for the template itself
     */
    public ModelTemplate behindVirtual(int count) {
        encoder.requireRoom(1, count);
        return new ModelTemplate(encoder, kind, textBefore, ended, count);
    }

    /** How many virtual tokens each text has, those before all others first. */
    public int virtualTokens() {
        return virtualStarts().length;
    }

    /** For each of them the token of the word it starts as, or -1 where it starts as none. */
    public int[] virtualStarts() {
        int[] inTemplate = encoder.virtualStarts();
        int[] starts = new int[virtualBefore + inTemplate.length];
        Arrays.fill(starts, 0, virtualBefore, -1);
        System.arraycopy(inTemplate, 0, starts, virtualBefore, inTemplate.length);
        return starts;
    }

    private static void requireMaskLast(List<TemplatePart> parts, LanguageModel model) {
        TemplatePart mask = null;
        for (TemplatePart part : parts) {
            if (mask != null && !isSpace(part)) {
                throw new ClozeException(
                        Problem.TEMPLATE_MASK_NOT_LAST,
                        "{mask} at " + TemplateColumn.of(mask, parts) + " is not the end of the template, and \""
                                + model.folder().name() + "\" sees nothing of what stands behind it.\n"
                                + "  It is a decoder: it reads from left to right and says"
                                + " which token comes next.\n"
                                + "  End the template at {mask}, \"{title} It was {mask}\", or"
                                + " choose an encoder or T5, which read both sides.");
            }
            mask = part instanceof TemplatePart.Mask ? part : mask;
        }
    }

    private static boolean isSpace(TemplatePart part) {
        return part instanceof TemplatePart.Text text && text.text().isBlank();
    }

    /**
     * Encodes one input, see {@link TemplateEncoder#encode}. A model that writes has a token to write after in any case:
     * where there is none, the end of the text before.
     *
     * @throws ClozeException as {@link TemplateEncoder#encode}
     */
    public EncodedText encode(Map<String, String> valuesByPath, int masks) {
        return encode(valuesByPath, masks, maxLength());
    }

    /**
     * As above, in less room.
     *
     * @param room tokens the encoded text may have, at most {@link #maxLength()}
     */
    public EncodedText encode(Map<String, String> valuesByPath, int masks, int room) {
        EncodedText text = encoder.encode(valuesByPath, masks, room - virtualBefore);
        EncodedText whole =
                virtualBefore == 0 ? forKind(text, masks) : forKind(text.behindVirtual(virtualBefore), masks);
        return whole.withVirtualIds(Injection::virtualId);
    }

    private EncodedText forKind(EncodedText text, int masks) {
        return switch (kind) {
            case ENCODER -> text;
            case DECODER -> text.length() == masks ? afterTextBefore(text, masks) : text;
            case ENCODER_DECODER -> text.length() == 0 ? afterTextBefore(text, masks) : text.withMasksInSegment1();
        };
    }

    /**
     * An answered text: one input with a word in the place of the mask, in no more room than the template has.
     *
     * @param word the tokens of the word
     */
    public EncodedText answered(Map<String, String> valuesByPath, int[] word) {
        return encoder.encode(valuesByPath, word.length).filled(word);
    }

    /**
     * The same for a text that stands behind another one: without what begins a text and, where no token ends one, with an
     * empty line before it.
     */
    public ModelTemplate behindAnother() {
        return new ModelTemplate(
                ended ? encoder.withoutStart() : encoder.behind(EMPTY_LINE), kind, textBefore, ended, 0);
    }

    /** Tokens around placeholders none of which is empty, with so many masks. */
    public int fixedLength(int masks) {
        return virtualBefore + encoder.fixedLength(masks);
    }

    private EncodedText afterTextBefore(EncodedText text, int masks) {
        if (masks == maxLength()) {
            throw new ClozeException(
                    Problem.INPUT_TOO_LONG,
                    "An input may have " + maxLength() + " tokens, and there are " + masks
                            + " masks, so that none is left before them.\n"
                            + "  A decoder says what comes after a text, and a label word takes a mask for each"
                            + " token.\n"
                            + "  Choose shorter label words, or raise maxLength.");
        }
        return text.after(textBefore);
    }

    /** Refuses a template without room for the masks of the longest label word: {@code TEMPLATE_TOO_LONG}. */
    public void requireRoom(int masks) {
        encoder.requireRoom(masks, virtualBefore);
    }

    /** Tokens an encoded text may have, special tokens included. */
    public int maxLength() {
        return encoder.maxLength();
    }

    /** Whether the word at the mask is one that follows a space. */
    public boolean maskFollowsSpace() {
        return encoder.maskFollowsSpace();
    }

    /** The text as a backbone takes it, asking for its masks. */
    public static TokenRow row(EncodedText text) {
        return new TokenRow(text.ids(), text.segmentIds(), text.maskPositions());
    }

    /** The same, asking for one place. */
    public static TokenRow row(EncodedText text, int place) {
        return new TokenRow(text.ids(), text.segmentIds(), new int[] {place});
    }
}
