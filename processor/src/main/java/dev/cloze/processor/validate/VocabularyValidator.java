package dev.cloze.processor.validate;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.VerbalizerKind;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.vocabulary.WordTokens;
import dev.cloze.vocabulary.UnevenWords;
import dev.cloze.vocabulary.Vocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each label word is known to the backbone, is as many tokens as the task allows, and unlike every other. */
public final class VocabularyValidator implements Validator {

    private static final int SUGGESTIONS = 3;

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public VocabularyValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        finder.of(task).filter(backbone -> task.readsWords()).ifPresent(backbone -> task.multiTokenWords()
                .ifPresent(choice -> task.templates().forEach(template -> new Check(
                                template,
                                task,
                                choice,
                                task.tuning().written(VerbalizerOptions.KIND).orElse(VerbalizerKind.WORDS),
                                backbone,
                                report)
                        .all())));
    }

    private record Owner(String word, String label) {}

    /** One template's words against one vocabulary. */
    private static final class Check {
        private final TemplateModel template;
        private final List<LabelModel> labels;
        private final boolean areCandidates;
        private final MultiTokenWords multiTokenWords;
        private final VerbalizerKind kind;
        private final Backbone backbone;
        private final Vocabulary vocabulary;
        private final Report report;
        private final boolean compares;
        private boolean allKnown = true;
        private final Map<List<Integer>, Owner> owners = new HashMap<>();

        Check(
                TemplateModel template,
                TaskModel task,
                MultiTokenWords multiTokenWords,
                VerbalizerKind kind,
                Backbone backbone,
                Report report) {
            this.template = template;
            this.labels = task.labels(template);
            this.areCandidates = task.candidates().isPresent();
            this.multiTokenWords = multiTokenWords;
            this.kind = kind;
            this.backbone = backbone;
            this.vocabulary = backbone.vocabulary();
            this.report = report;
            this.compares = multiTokenWords.isJoint()
                    && multiTokenWords != MultiTokenWords.JOINT_MEAN
                    && !(multiTokenWords == MultiTokenWords.PARALLEL && backbone.writes())
                    && kind == VerbalizerKind.WORDS
                    && !areCandidates
                    && !isCalibrated(task);
        }

        void all() {
            words();
            if (compares && allKnown) {
                uneven();
            }
        }

        private void words() {
            for (LabelModel label : labels) {
                for (LabelWord word : label.allWords()) {
                    if (!word.text().isBlank()) {
                        word(word, label.name());
                    }
                }
            }
        }

        private void word(LabelWord word, String label) {
            WordTokens tokens = WordTokens.of(word, template, backbone);
            boolean unknown = tokens.ids().isEmpty()
                    || (vocabulary.unknownId().isPresent()
                            && tokens.ids().contains(vocabulary.unknownId().getAsInt()));
            if (unknown) {
                allKnown = false;
                report.error(
                        word.place(),
                        Message.UNKNOWN_WORD,
                        word.text(),
                        backbone.name(),
                        tokens.ids().isEmpty() ? "nothing" : tokens.shown(),
                        suggestion(word));
                return;
            }
            duplicate(word, label, tokens);
            if (tokens.ids().size() > 1) {
                severalTokens(word, tokens);
            }
        }

        private void duplicate(LabelWord word, String label, WordTokens tokens) {
            boolean onlyFirst = multiTokenWords == MultiTokenWords.FIRST;
            List<Integer> scored = onlyFirst ? tokens.ids().subList(0, 1) : tokens.ids();
            Owner other = owners.putIfAbsent(scored, new Owner(word.text(), label));
            // The same word twice is reported without a vocabulary already.
            if (other == null || other.word().equals(word.text())) {
                return;
            }
            String shown = onlyFirst ? vocabulary.token(scored.get(0)) : tokens.shown();
            if (areCandidates) {
                report.error(
                        word.place(),
                        Message.DUPLICATE_TOKENS_OF_CANDIDATES,
                        other.word(),
                        word.text(),
                        backbone.name(),
                        shown);
            } else {
                report.error(
                        word.place(),
                        Message.DUPLICATE_TOKENS,
                        other.word(),
                        other.label(),
                        word.text(),
                        label,
                        backbone.name(),
                        shown);
            }
        }

        private void severalTokens(LabelWord word, WordTokens tokens) {
            if (multiTokenWords.isJoint() && kind == VerbalizerKind.KNOWLEDGEABLE) {
                report.error(
                        word.place(),
                        Message.SEVERAL_MASKS_OF_KIND,
                        word.text(),
                        tokens.ids().size(),
                        backbone.name(),
                        tokens.shown());
                return;
            }
            if (kind == VerbalizerKind.KNOWLEDGEABLE && multiTokenWords != MultiTokenWords.REJECT) {
                return; // FIRST and MEAN are what the message above advises
            }
            boolean fillsOneMask = multiTokenWords == MultiTokenWords.PARALLEL && backbone.writes();
            if (multiTokenWords.isJoint() && !fillsOneMask) {
                return;
            }
            Object[] details = {
                word.text(),
                tokens.ids().size(),
                backbone.name(),
                tokens.shown(),
                consequence(multiTokenWords, tokens),
                suggestion(word)
            };
            if (multiTokenWords == MultiTokenWords.REJECT || fillsOneMask) {
                report.error(word.place(), Message.MULTI_TOKEN_WORD, details);
            } else {
                report.warning(word.place(), Message.MULTI_TOKEN_WORD, details);
            }
        }

        /** Labels whose words differ in length are compared by it more than by the text. */
        private void uneven() {
            List<List<Integer>> lengths = labels.stream()
                    .map(label -> label.allWords().stream().map(this::length).toList())
                    .toList();
            UnevenWords.of(lengths).ifPresent(uneven -> {
                LabelModel label = labels.get(uneven.label());
                LabelWord word = label.allWords().get(uneven.word());
                report.warning(
                        word.place(),
                        Message.UNEVEN_WORDS,
                        word.text(),
                        uneven.tokens(),
                        backbone.name(),
                        label.name(),
                        uneven.averages(),
                        multiTokenWords,
                        suggestion(word));
            });
        }

        private int length(LabelWord word) {
            return Math.max(1, WordTokens.of(word, template, backbone).ids().size());
        }

        private static boolean isCalibrated(TaskModel task) {
            return task.verbalizer()
                            .filter(one -> one.calibration() != Calibration.NONE)
                            .isPresent()
                    || task.scale()
                            .filter(one -> one.calibration() != Calibration.NONE)
                            .isPresent()
                    || task.candidates()
                            .filter(one -> one.calibration() != Calibration.NONE)
                            .isPresent();
        }

        private String consequence(MultiTokenWords choice, WordTokens tokens) {
            return switch (choice) {
                case REJECT ->
                    "The task allows one token a word (multiTokenWords = REJECT); "
                            + (kind == VerbalizerKind.KNOWLEDGEABLE
                                    ? "FIRST or MEAN would score it."
                                    : "JOINT would score all.");
                case FIRST ->
                    "Only the first, \"" + vocabulary.token(tokens.ids().get(0))
                            + "\", is scored (multiTokenWords = FIRST); JOINT would score all.";
                case MEAN ->
                    "The mean of their scores at one mask is taken (multiTokenWords = MEAN); JOINT would give"
                            + " each its mask.";
                case PARALLEL ->
                    "It writes one token after the other and can't be asked for all at once (multiTokenWords ="
                            + " PARALLEL); JOINT would score them as they are written.";
                case JOINT, JOINT_MEAN, LEFT_TO_RIGHT -> "";
            };
        }

        private String suggestion(LabelWord word) {
            List<String> nearest =
                    vocabulary.nearestSingleTokenWords(word.text(), backbone.maskFollowsSpace(template), SUGGESTIONS);
            return nearest.isEmpty() ? "" : "One token each: \"" + String.join("\", \"", nearest) + "\".";
        }
    }
}
