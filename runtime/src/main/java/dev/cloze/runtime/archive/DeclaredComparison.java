package dev.cloze.runtime.archive;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.tuning.LabelNames;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Spells out in what a saved pipeline and a task's annotations differ, as far as that shows without a model: what is said here is a
 * difference to {@link ManifestComparison} too, which knows more.
 */
final class DeclaredComparison {

    private final Manifest saved;
    private final List<? extends DeclaredTemplate<?>> declared;
    private final List<String> differences = new ArrayList<>();

    DeclaredComparison(Manifest saved, List<? extends DeclaredTemplate<?>> declared) {
        this.saved = saved;
        this.declared = declared;
    }

    List<String> differences() {
        saved.product().templates().forEach(this::compare);
        return List.copyOf(differences);
    }

    private void compare(ProductIdentity.Template template) {
        compareNames(template);
        if (!isFilled(template)) {
            return; // a method that reads the placeholders alone says in its own words what it reads
        }
        List<? extends DeclaredTemplate<?>> alike = declared.stream()
                .filter(one -> one.text().equals(template.text()))
                .toList();
        if (alike.isEmpty()) {
            differences.add("template: saved with \"" + template.text() + "\", now "
                    + String.join(
                            " or ",
                            declared.stream()
                                    .map(one -> "\"" + one.text() + "\"")
                                    .toList()));
        } else if (saysItsWords(template)
                && alike.stream().noneMatch(one -> words(one).equals(words(template)))) {
            differences.add("label words of \"" + template.text() + "\": saved with " + words(template) + ", now "
                    + words(alike.get(0)));
        }
    }

    private void compareNames(ProductIdentity.Template template) {
        Set<String> before = words(template).keySet();
        Set<String> now = new TreeSet<>();
        declared.forEach(one -> now.addAll(words(one).keySet()));
        if (saved.task().kind() == TaskKind.CLASSIFICATION && !before.equals(now)) {
            differences.add("labels: saved with " + before + ", now " + now);
        }
    }

    private boolean isFilled(ProductIdentity.Template template) {
        return switch (saved.task().kind()) {
            case TEXT, CLOZE -> true;
            case CLASSIFICATION, REGRESSION, EXTRACTION ->
                template.labels().stream().anyMatch(label -> !label.words().isEmpty());
        };
    }

    /** Verbalizers that find words are saved with those that they found. */
    private boolean saysItsWords(ProductIdentity.Template template) {
        return saved.task().kind() == TaskKind.CLASSIFICATION
                && !saved.product().settings().containsKey(ProductIdentity.VERBALIZER)
                && isFilled(template);
    }

    private static Map<String, List<String>> words(ProductIdentity.Template template) {
        Map<String, List<String>> words = new TreeMap<>();
        template.labels()
                .forEach(label -> words.put(
                        label.name(),
                        label.words().stream().map(ProductIdentity.Word::text).toList()));
        return words;
    }

    private static Map<String, List<String>> words(DeclaredTemplate<?> template) {
        Map<String, List<String>> words = new TreeMap<>();
        template.words().forEach((label, some) -> words.put(LabelNames.of(label), some));
        return words;
    }
}
