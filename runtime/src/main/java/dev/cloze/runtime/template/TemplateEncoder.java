package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.SpacedPart;
import dev.cloze.annotations.syntax.Spacing;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.vocabulary.AddedTokens;
import dev.cloze.vocabulary.TokenShares;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Encodes inputs by one template: fixed text, masks and virtual tokens always whole, placeholders cut fairly.
 *
 * <p>Parts are encoded one by one, as PET and LM-BFF do, so that a part's tokens never depend on its neighbours' text;
 * whitespace before a part belongs to it, whitespace at the ends of a value is dropped, and an empty value leaves no
 * second space behind. Segments are lines where the model has no token between them. When an input is too long, one token after the other is taken from the placeholder that is then
 * the longest, the later one where two are equally long.
 *
 * <p>Safe for use by several threads if the text encoder is.
 */
public final class TemplateEncoder {

    private final List<TemplatePiece> pieces;
    private final TextRuns texts;
    private final boolean[] mayGive;
    private final boolean maskFollowsSpace;
    private final SpecialTokens special;
    private final int maxLength;
    private final int virtualTokenId;

    private TemplateEncoder(
            List<TemplatePiece> pieces,
            TextRuns texts,
            boolean maskFollowsSpace,
            SpecialTokens special,
            int maxLength,
            int virtualTokenId) {
        this.pieces = pieces;
        this.texts = texts;
        this.maskFollowsSpace = maskFollowsSpace;
        this.mayGive = new boolean[pieces.size()];
        for (int i = 0; i < mayGive.length; i++) {
            mayGive[i] = pieces.get(i) instanceof TemplatePiece.Slot slot && !slot.fixed();
        }
        this.special = special;
        this.maxLength = maxLength;
        this.virtualTokenId = virtualTokenId;
    }

    /**
     * Makes the encoder of a template; where it has virtual tokens, the mask's id holds their places.
     *
     * @param maxLength tokens an encoded input may have, special tokens included
     * @throws dev.cloze.problem.ClozeException {@code TEMPLATE_TOO_LONG} when the fixed parts alone are longer, {@code
     *     TEMPLATE_REPEATED_MASK} when there are several masks, {@code MODEL_UNSUPPORTED} when the model has none
     */
    public static TemplateEncoder compile(
            List<TemplatePart> parts, TextEncoder encoder, SpecialTokens special, int maxLength) {
        return compile(parts, encoder, special, maxLength, special.mask());
    }

    /** As above, with the id that holds the place of a virtual token's embedding. */
    public static TemplateEncoder compile(
            List<TemplatePart> parts, TextEncoder encoder, SpecialTokens special, int maxLength, int virtualTokenId) {
        return compile(parts, encoder, AddedTokens.NONE, false, special, maxLength, virtualTokenId);
    }

    /**
     * As above, for templates that write special tokens by name.
     *
     * @param tokens those the model has
     * @param asWritten whether white space at the two ends of the template is read
     * @throws dev.cloze.problem.ClozeException also {@code TEMPLATE_UNKNOWN_SPECIAL_TOKEN}
     */
    public static TemplateEncoder compile(
            List<TemplatePart> parts,
            TextEncoder encoder,
            AddedTokens tokens,
            boolean asWritten,
            SpecialTokens special,
            int maxLength) {
        return compile(parts, encoder, tokens, asWritten, special, maxLength, special.mask());
    }

    private static TemplateEncoder compile(
            List<TemplatePart> parts,
            TextEncoder encoder,
            AddedTokens tokens,
            boolean asWritten,
            SpecialTokens special,
            int maxLength,
            int virtualTokenId) {
        TemplateChecks.masks(parts, special);
        TemplateChecks.specialTokens(parts, tokens);
        Spacing spacing = new Spacing(special.leftToRight(), asWritten, tokens);
        List<SpacedPart> spaced =
                spacing.of(special.between().length == 0 ? TemplateSyntax.inOneSegment(parts) : parts);
        List<TemplatePiece> pieces = PieceReader.read(spaced, encoder, tokens);
        TemplateEncoder compiled = new TemplateEncoder(
                pieces,
                new TextRuns(pieces, spacing, encoder, maxLength),
                spacing.maskFollowsSpace(spaced),
                opensWithStart(pieces, special) ? special.withoutStart() : special,
                maxLength,
                virtualTokenId);
        compiled.requireRoom(1);
        return compiled;
    }

    /** Whether the template itself writes what the model begins every text with. */
    private static boolean opensWithStart(List<TemplatePiece> pieces, SpecialTokens special) {
        return !pieces.isEmpty()
                && pieces.get(0) instanceof TemplatePiece.Special first
                && special.start().length == 1
                && special.start()[0] == first.id();
    }

    /** The same without what begins a text: for a text that stands behind another one's end token. */
    public TemplateEncoder withoutStart() {
        return new TemplateEncoder(pieces, texts, maskFollowsSpace, special.withoutStart(), maxLength, virtualTokenId);
    }

    /** The same where the template goes on from other text behind this white space, and nothing begins a text. */
    public TemplateEncoder behind(String space) {
        return new TemplateEncoder(
                pieces, texts.behind(space), maskFollowsSpace, special.withoutStart(), maxLength, virtualTokenId);
    }

    /**
     * Refuses a template that leaves no room for the masks of a label word, before any input is seen.
     *
     * @param maskCount how many masks the longest label word needs
     * @throws dev.cloze.problem.ClozeException {@code TEMPLATE_TOO_LONG}
     */
    public void requireRoom(int maskCount) {
        requireRoom(maskCount, 0);
    }

    /** The same beside so many tokens that stand before all others. */
    public void requireRoom(int maskCount, int before) {
        // Beside empty placeholders text can have more tokens: at the beginning, or with a space that no value took.
        int longest = Math.max(fixedLength(maskCount), lengthAround("", maskCount));
        TemplateChecks.fits(before + longest, maxLength, hasMask() ? maskCount : 0);
    }

    /** For each virtual token of the template the token of the word it starts as, or -1 where it starts as none. */
    public int[] virtualStarts() {
        return pieces.stream()
                .filter(TemplatePiece.Virtual.class::isInstance)
                .flatMapToInt(piece -> Arrays.stream(((TemplatePiece.Virtual) piece).start()))
                .toArray();
    }

    /** Tokens around placeholders none of which is empty, with so many masks where the template has one. */
    public int fixedLength(int maskCount) {
        return lengthAround("long", maskCount);
    }

    /** Tokens of an input whose placeholders all have this value, without those of the values. */
    private int lengthAround(String value, int maskCount) {
        int[] lengths = lengths(texts.of(placeholder -> value));
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = pieces.get(i) instanceof TemplatePiece.Slot ? 0 : lengths[i];
        }
        return length(lengths, maskCount);
    }

    /** Tokens an encoded input may have, special tokens included. */
    public int maxLength() {
        return maxLength;
    }

    /** Whether the word at the mask is one that follows a space, see {@link Spacing#maskFollowsSpace}. */
    public boolean maskFollowsSpace() {
        return maskFollowsSpace;
    }

    /**
     * Encodes one input.
     *
     * @param valuesByPath the text of every placeholder
     * @param maskCount how many mask tokens stand at the mask
     * @throws dev.cloze.problem.ClozeException {@code INPUT_TOO_LONG} when what may not be cut has no room
     */
    public EncodedText encode(Map<String, String> valuesByPath, int maskCount) {
        return encode(valuesByPath, maskCount, maxLength);
    }

    /**
     * As above, in less room.
     *
     * @param room tokens the encoded input may have, at most {@link #maxLength()}
     */
    public EncodedText encode(Map<String, String> valuesByPath, int maskCount, int room) {
        TemplateChecks.maskIsThere(hasMask(), maskCount);
        int[][] runs = texts.of(placeholder -> TextFilters.text(placeholder, valuesByPath));
        int[] kept = lengths(runs);
        int missing = TokenShares.shorten(kept, mayGive, length(kept, maskCount) - room);
        if (missing > 0) {
            throw TemplateChecks.noRoom(pieces, kept, missing, room, maskCount);
        }
        return assemble(runs, kept, maskCount);
    }

    private boolean hasMask() {
        return pieces.stream().anyMatch(TemplatePiece.Masks.class::isInstance);
    }

    /** Tokens each piece of text may have whatever room there is. */
    private int[] lengths(int[][] runs) {
        int[] lengths = new int[runs.length];
        Arrays.setAll(
                lengths,
                i -> Math.min(
                        runs[i].length,
                        pieces.get(i) instanceof TemplatePiece.Slot slot ? slot.limit() : runs[i].length));
        return lengths;
    }

    /** Tokens of the whole when this many of each piece of text are kept. */
    private int length(int[] kept, int maskCount) {
        int length = special.start().length
                + special.end().length
                + Arrays.stream(kept).sum();
        for (TemplatePiece piece : pieces) {
            if (piece instanceof TemplatePiece.Masks) {
                length += maskCount;
            } else if (piece instanceof TemplatePiece.Virtual virtual) {
                length += virtual.count();
            } else if (piece instanceof TemplatePiece.Boundary) {
                length += special.between().length;
            }
        }
        return length;
    }

    private EncodedText assemble(int[][] runs, int[] kept, int maskCount) {
        TokenLine line = new TokenLine(special, length(kept, maskCount));
        for (int i = 0; i < runs.length; i++) {
            TemplatePiece piece = pieces.get(i);
            if (piece instanceof TemplatePiece.Masks) {
                line.addText(runs[i], kept[i], false);
                line.addMasks(maskCount);
            } else if (piece instanceof TemplatePiece.Virtual virtual) {
                line.addVirtual(virtualTokenId, virtual.count());
            } else if (piece instanceof TemplatePiece.Boundary) {
                line.nextSegment();
            } else {
                boolean keepsEnd = piece instanceof TemplatePiece.Slot slot && slot.keepsEnd();
                line.addText(runs[i], kept[i], keepsEnd);
            }
        }
        return line.close();
    }
}
