package dev.cloze.runtime.templatesearch;

import dev.cloze.annotations.Compat;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.TemplateSearch;
import dev.cloze.runtime.backbone.SharedRoom;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a T5 write templates for a task's training examples, and keeps those that the task's own model can fill. */
final class TemplateFinding {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateFinding.class);

    /** Of the tokens that they announce the authors' code writes two fewer. */
    private static final int NOT_WRITTEN_BY_REFERENCE = 2;

    private final LanguageModel writer;
    private final LabelTask task;
    private final TemplateSearch search;
    private final SearchedTexts texts;
    private final Sentinels sentinels;

    /** @param writer the T5, whose lease stays the caller's */
    TemplateFinding(LanguageModel writer, LabelTask task, TemplateSearch search) {
        this.writer = writer;
        this.task = task;
        this.search = search;
        this.sentinels = Sentinels.of(writer);
        this.texts = SearchedTexts.of(task);
    }

    /**
     * A template that was written.
     *
     * @param text to be declared
     * @param logLikelihood the sum over its tokens of the mean over the examples of their log-probability
     */
    record Found(String text, double logLikelihood) {}

    /** The forms in which the task's inputs are read. */
    List<SpanForm> forms() {
        return SpanForm.of(texts.size());
    }

    /** How many tokens are written at most in each form. */
    int tokens() {
        return asReference() ? Math.max(1, search.maxTokens() - NOT_WRITTEN_BY_REFERENCE) : search.maxTokens();
    }

    private boolean asReference() {
        return task.tuning().compat() == Compat.REFERENCE;
    }

    /**
     * The templates, the likeliest first, those of different forms in turn; no more than the search is to keep.
     *
     * @param wrote told of each token in each form
     */
    List<Found> templates(LanguageModel model, LabeledValues train, IntConsumer wrote) {
        List<List<Found>> byForm = new ArrayList<>();
        int before = 0;
        for (SpanForm form : forms()) {
            int from = before;
            byForm.add(found(form, lines(form, train, token -> wrote.accept(from + token)), train.size()));
            before += tokens();
        }
        List<Found> inTurn = new ArrayList<>();
        for (int rank = 0; rank < search.beam(); rank++) {
            for (List<Found> ofForm : byForm) {
                if (rank < ofForm.size()) {
                    inTurn.add(ofForm.get(rank));
                }
            }
        }
        return inTurn.stream()
                .filter(found -> isFilledBy(model, found.text()))
                .limit(search.candidates())
                .toList();
    }

    /** What the beam holds at the end; of one text's two forms each gives half of it. */
    List<SharedBeam.Line> lines(SpanForm form, LabeledValues train, IntConsumer wrote) {
        List<int[]> prompts = new SpanPrompts(writer, task, texts, sentinels).of(form, train);
        List<SharedBeam.Line> lines = new SharedBeam(
                        writer.textBackbone(), sentinels, search.beam(), tokens(), asReference(), SharedRoom.USUAL)
                .write(prompts, wrote);
        int kept = Math.max(1, search.beam() / forms().size());
        return lines.subList(0, Math.min(kept, lines.size()));
    }

    private List<Found> found(SpanForm form, List<SharedBeam.Line> lines, int examples) {
        WrittenTemplates written = new WrittenTemplates(writer, sentinels, texts);
        Map<String, Found> byText = new LinkedHashMap<>();
        for (SharedBeam.Line line : lines) {
            double mean = asReference() ? line.sum() : line.sum() / examples;
            written.of(form, line).ifPresent(text -> byText.putIfAbsent(text, new Found(text, mean)));
        }
        return List.copyOf(byText.values());
    }

    /** A decoder fills nothing but the end of a template, and a short model no long ones. */
    private boolean isFilledBy(LanguageModel model, String template) {
        try {
            DeclaredTemplate<Object> declared =
                    new DeclaredTemplate<>(template, task.templates().get(0).words());
            CompiledTask.of(task, declared, model);
            return true;
        } catch (ClozeException e) {
            LOG.info(
                    "{} can't fill \"{}\": {}",
                    model.folder().name(),
                    template,
                    e.problem().code());
            return false;
        }
    }
}
