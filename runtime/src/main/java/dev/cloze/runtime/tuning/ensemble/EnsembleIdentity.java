package dev.cloze.runtime.tuning.ensemble;

import dev.cloze.runtime.model.ModelIdentity;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an ensemble was made for: all that its members were made for, each thing once, and who has which of it. */
final class EnsembleIdentity {

    static final String MEMBERS = "members";
    static final String TEMPLATE = "template";
    static final String SHARE = "share";
    static final String TALLY = "tally";

    private EnsembleIdentity() {}

    /** Whether a product of these settings is an ensemble. */
    static boolean isOf(Map<String, String> settings) {
        return settings.containsKey(MEMBERS);
    }

    /** What the tensors, texts and settings of a member are saved under. */
    static String prefix(int member) {
        return "member." + member + ".";
    }

    static ProductIdentity of(List<ProductIdentity> members, double[] shares, Tally tally) {
        List<ProductIdentity.Template> templates = new ArrayList<>();
        Set<ModelIdentity> models = new LinkedHashSet<>();
        Map<String, String> settings = new TreeMap<>();
        settings.put(MEMBERS, Integer.toString(members.size()));
        if (tally != Tally.SCORES) {
            settings.put(TALLY, tally.name());
        }
        int maxLength = 0;
        for (int i = 0; i < members.size(); i++) {
            ProductIdentity identity = members.get(i);
            String prefix = prefix(i);
            identity.settings().forEach((name, value) -> settings.put(prefix + "of." + name, value));
            settings.put(prefix + SHARE, Double.toString(shares[i]));
            settings.put(
                    prefix + TEMPLATE,
                    Integer.toString(placeOf(identity.templates().get(0), templates)));
            models.addAll(identity.models());
            maxLength = Math.max(maxLength, identity.maxLength());
        }
        return new ProductIdentity(templates, maxLength, List.copyOf(models), settings);
    }

    /** Where it stands among the distinct ones, of which it becomes one. */
    private static int placeOf(ProductIdentity.Template template, List<ProductIdentity.Template> distinct) {
        int place = distinct.indexOf(template);
        if (place < 0) {
            distinct.add(template);
            return distinct.size() - 1;
        }
        return place;
    }
}
