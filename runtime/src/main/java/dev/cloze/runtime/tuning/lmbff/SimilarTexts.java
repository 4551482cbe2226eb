package dev.cloze.runtime.tuning.lmbff;

import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.demonstration.DemonstratedInputs;
import dev.cloze.runtime.tuning.demonstration.DemonstratedProduct;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.DrawnDemonstrations;
import dev.cloze.runtime.tuning.demonstration.Selection;
import dev.cloze.runtime.tuning.demonstration.SentenceVectors;
import dev.cloze.runtime.tuning.demonstration.SimilarSets;
import dev.cloze.runtime.tuning.demonstration.Similarity;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import java.util.Map;
import java.util.TreeMap;

/** Texts with demonstrations that are like them (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 6.2). */
final class SimilarTexts {

    private SimilarTexts() {}

    /** @param encoder whose vectors are compared; its lease goes to the product */
    static TrainingTexts of(
            LabelTask task,
            DemonstratedTemplate template,
            DemonstrationPool pool,
            LanguageModel encoder,
            TrainingOptions options) {
        SentenceVectors vectors = new SentenceVectors(encoder);
        Similarity similarity = DemonstratedProduct.similarity(pool, vectors);
        Map<String, String> identity = new TreeMap<>(vectors.settings());
        identity.put("demonstrations", DemonstratedTuning.limits(template));
        identity.put("similarity", encoder.folder().weightsHash());
        int devSets = options.get(LmBffOptions.DEV_SETS);
        Selection selection = new Selection(options.get(LmBffOptions.SETS), 0, options.seed());
        return new TrainingTexts(
                new DrawnDemonstrations(template, pool, similarity.candidates()),
                new DemonstratedInputs(
                        template, pool, SimilarSets.oneOfEach(vectors, similarity, devSets, options.seed())),
                DemonstratedProduct.asking(task, template, pool, vectors, similarity, selection),
                identity);
    }
}
