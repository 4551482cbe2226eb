package dev.cloze.runtime.tuning.prefix;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The sizes of the prefixes of a model: one for each place where it attends, independent of one another (Li and Liang 2021,
 * arXiv 2101.00190, section 4: an encoder-decoder has three).
 *
 * @param sites where prefixes stand, and in how many layers each, L
 * @param heads of keys and values, H: fewer than of queries where these share them
 * @param headSize D
 * @param hiddenSize h, what the embeddings of a reparametrised prefix have
 * @param length how many places each has, P
 */
public record PrefixLayout(Map<PrefixSite, Integer> sites, int heads, int headSize, int hiddenSize, int length) {

    public PrefixLayout {
        sites = Collections.unmodifiableMap(new EnumMap<>(sites));
    }

    /** That of a model, with so many places. */
    public static PrefixLayout of(Backbone backbone, int length) {
        BackboneShape shape = backbone.shape();
        return new PrefixLayout(
                backbone.prefixSites(), shape.keyValueHeads(), shape.headSize(), shape.hiddenSize(), length);
    }

    /** The same where prefixes stand at one site alone, by its name; an empty name, or one of no site, is all of them. */
    public static PrefixLayout of(Backbone backbone, int length, String only) {
        PrefixLayout all = of(backbone, length);
        Map<PrefixSite, Integer> sites = new EnumMap<>(PrefixSite.class);
        all.sites.forEach((site, layers) -> {
            if (site.name().equals(only)) {
                sites.put(site, layers);
            }
        });
        return sites.isEmpty() ? all : new PrefixLayout(sites, all.heads, all.headSize, all.hiddenSize, length);
    }

    /** How many numbers a place has at a site, 2 L H D: the key and the value of each layer in turn. */
    public long width(PrefixSite site) {
        return 2L * sites.getOrDefault(site, 0) * heads * headSize;
    }

    /** Keys and values of a site as they are kept, (P, 2 L H D), as PEFT keeps them. */
    public WeightSlot slot(PrefixSite site) {
        return WeightSlot.of(
                name(site, "prompt_embeddings"), "promptLength and the model's layers", length, width(site));
    }

    /** What a reparametrised prefix of a site is trained by: embeddings, and a network of two layers with that middle width. */
    public List<WeightSlot> network(PrefixSite site, int middle) {
        String keys = "promptLength and middleSize";
        return List.of(
                WeightSlot.of(name(site, "embedding.weight"), keys, length, hiddenSize),
                WeightSlot.of(name(site, "transform.0.weight"), keys, middle, hiddenSize),
                WeightSlot.of(name(site, "transform.0.bias"), keys, middle),
                WeightSlot.of(name(site, "transform.2.weight"), keys, width(site), middle),
                WeightSlot.of(name(site, "transform.2.bias"), keys, width(site)));
    }

    static String name(PrefixSite site, String tensor) {
        return site.name().toLowerCase(Locale.ROOT) + "." + tensor;
    }

    /** How many numbers are kept of it. */
    public long kept() {
        return sites.keySet().stream().mapToLong(site -> length * width(site)).sum();
    }

    /** How many numbers are trained where it is reparametrised with that middle width. */
    public long trained(int middle) {
        return sites.keySet().stream()
                .flatMap(site -> network(site, middle).stream())
                .mapToLong(slot -> {
                    long size = 1;
                    for (long axis : slot.shape()) {
                        size *= axis;
                    }
                    return size;
                })
                .sum();
    }
}
