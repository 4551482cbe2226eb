package dev.cloze.testkit.data;

import dev.cloze.runtime.data.DataFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Facts of T-REx as LAMA asks for them (Petroni et al. 2019, arXiv 1909.01066, section 3): for each relation a template and up
 * to a thousand facts, whose objects are single words.
 *
 * @param folder {@code lama} in the data sets' folder
 */
public record LamaFacts(Path folder) {

    /** Those in the data sets' folder, see {@link SharedFolder}. */
    public static LamaFacts in(Path data) {
        return new LamaFacts(data.resolve("lama"));
    }

    /** LAMA's template of a relation such as {@code P19}: {@code {subject} was born in {mask} .} */
    public String template(String relation) {
        return DataFile.of(folder.resolve("relations.jsonl")).jsonLines().stream()
                .filter(row -> row.get("relation").equals(relation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("LAMA has no relation " + relation))
                .get("template")
                .replace("[X]", "{subject}")
                .replace("[Y]", "{mask}");
    }

    /** The facts of a relation, in the order of the file. */
    public List<Fact> facts(String relation) {
        return DataFile.of(folder.resolve("TREx").resolve(relation + ".jsonl.gz")).jsonLines().stream()
                .map(row -> new Fact(row.get("sub_label"), row.get("obj_label")))
                .toList();
    }
}
