package dev.cloze.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.TextTrainer;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.template.PlaceholderValues;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs what was generated for the tasks under {@code good/}. */
class GeneratedCodeTest {

    private final Compilation compilation = Sources.compile(Sources.of(Sources.FOLDER.resolve("good")));
    private final Loaded classes = new Loaded(compilation);

    @Test
    void aDeclarationHoldsWhatTheAnnotationsSay() throws Exception {
        ClassificationTask<Object, ?> task = task("example.Shop_OpinionPipeline");

        assertThat(task.name()).isEqualTo("example.Shop.Opinion");
        assertThat(task.templates().get(0).text())
                .startsWith("{author.name|lower|limit:10} ")
                .endsWith(" {grade}. {mask}!");
        assertThat(task.labels().toString()).isEqualTo("{BUY=[sure, fine], LEAVE=[no]}");
        assertThat(task.multiTokenWords()).isEqualTo(MultiTokenWords.REJECT);
        assertThat(task.calibration()).isEqualTo(Calibration.PMI);
        assertThat(task.tuning())
                .isEqualTo(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en")
                        .with("learningRate", 3e-5)
                        .with("batchSize", 8)
                        .with("maxSteps", 500)
                        .with("maxLength", 128)
                        .with("compat", Compat.REFERENCE));
        assertThat(task.inputType().getName()).isEqualTo("example.Shop$Opinion");
        assertThat(task.labelType().isEnum()).isTrue();
        assertThat(task.placeholders().keySet())
                .containsExactly(
                        "author.name",
                        "author.friend.friend.nickname",
                        "stars",
                        "tags",
                        "note",
                        "extra",
                        "verified",
                        "grade");
    }

    @Test
    void aScaleIsDeclaredAsItIsWritten() throws Exception {
        RegressionTask<?> shown = (RegressionTask<?>) classes.loadClass("shop.Similarity_ShownPipeline")
                .getField("TASK")
                .get(null);

        assertThat(shown.scale()).isEqualTo(new DeclaredScale(-1.5, 1000, "unlike", "alike"));
        assertThat(shown.templates()).containsExactly("{first} {mask}, {second|lowerFirst}");
        assertThat(shown.placeholders().keySet()).containsExactly("first", "second");
        assertThat(shown.multiTokenWords()).isEqualTo(MultiTokenWords.REJECT);
        assertThat(shown.calibration()).isEqualTo(Calibration.PMI);
        assertThat(shown.tuning())
                .isEqualTo(TaskTuning.of(TuningMethod.LM_BFF).with("sets", 4).with("compat", Compat.REFERENCE));
    }

    @Test
    void candidatesAreDeclaredAsTheyAreWritten() throws Exception {
        ClozeTask<?> closed = (ClozeTask<?>) classes.loadClass("shop.Country_CapitalPipeline")
                .getField("TASK")
                .get(null);
        assertThat(closed.candidates()).containsExactly("paris", "rome", "new york");
        assertThat(closed.templates()).containsExactly("{country} {soft:3} capital {soft:3} {mask}.");
        assertThat(closed.multiTokenWords()).isEqualTo(MultiTokenWords.LEFT_TO_RIGHT);
        assertThat(closed.tuning())
                .isEqualTo(TaskTuning.of(TuningMethod.P_TUNING).with("freezeBackbone", true));

        ClozeTask<?> open = (ClozeTask<?>) classes.loadClass("shop.Country_CurrencyPipeline")
                .getField("TASK")
                .get(null);
        assertThat(open.templates())
                .containsExactly("The currency of {country} is the {mask}.", "In {country} one pays with the {mask}.");
        assertThat(open.candidates()).isEmpty();
        assertThat(open.multiTokenWords()).isEqualTo(MultiTokenWords.JOINT);
        assertThat(open.placeholders().keySet()).containsExactly("country");
    }

    @Test
    void valuesAreReadFromGettersFieldsAndInheritedMembers() throws Exception {
        Object opinion = create("example.Shop$Opinion");
        set(opinion, "tags", List.of("cheap", "red"));
        set(opinion, "verified", true);
        set(opinion, "extra", "really");

        assertThat(read("stars", opinion)).isEqualTo(5);
        assertThat(read("tags", opinion)).isEqualTo(List.of("cheap", "red"));
        assertThat(read("verified", opinion)).isEqualTo(true);
        assertThat(read("note", opinion)).isEqualTo("really");
        assertThat(read("extra", opinion)).isEqualTo("really");
        assertThat(read("grade", opinion)).isEqualTo(Optional.empty());
    }

    @Test
    void valuesOfEveryShapeAreRead() throws Exception {
        assertThat(texts("example.Values$Bean", "example.Values_BeanPipeline")).isEqualTo("""
            text: " of the field "
            octet: "-1"
            small: "2"
            whole: "3"
            large: "4000000000"
            single: "0.1"
            real: "1.0E10"
            letter: "x"
            flag: "true"
            boxed: "-7"
            exact: "12.50"
            huge: "100000000000000000000"
            answer: "rather not"
            title: "of the getter"
            sold: "false"
            ready: "true"
            URL: "u"
            maybe: "here"
            never: ""
            unless: ""
            count: "5"
            fit: "true"
            chosen: "YES"
            tags: "a, , b"
            none: ""
            numbers: "1, 2.5"
            answers: "YES, rather not"
            sizes: "1, 2"
            perhaps: "false, "
            author.name: "Ada"
            author.nickname: ""
            author.address.town: "London"
            author.address.lines: "1 High St, N1"
            inherited: "from above"
            several: "p, q"
            note: "from above"
            stars: "5"
            rank: "3"
            """);
    }

    @Test
    void soAreThoseOfARecord() throws Exception {
        assertThat(texts("example.Values$Pair", "example.Values_PairPipeline")).isEqualTo("""
            first: "one"
            second: "2"
            author.name: "Bob"
            author.nickname: "Bobby"
            stars: "5"
            both: "one2"
            """);
    }

    /** What the template has in its placeholders for the instance that the class makes by itself. */
    private String texts(String type, String pipeline) throws Exception {
        Constructor<?> constructor = classes.loadClass(type).getDeclaredConstructor();
        constructor.setAccessible(true);
        StringBuilder texts = new StringBuilder();
        PlaceholderValues.of(constructor.newInstance(), task(pipeline).placeholders())
                .forEach((path, text) -> texts.append(path + ": \"" + text + "\"\n"));
        return texts.toString();
    }

    @Test
    void nullOnThePathIsNullAndAnEmptyOptionalStaysEmpty() throws Exception {
        Object opinion = create("example.Shop$Opinion");
        assertThat(read("author.name", opinion)).isNull();
        assertThat(read("author.friend.friend.nickname", opinion)).isNull();

        Object author = create("example.Shop$Person");
        set(author, "name", "Ada");
        set(opinion, "author", author);
        assertThat(read("author.name", opinion)).isEqualTo("Ada");
        assertThat(read("author.friend.friend.nickname", opinion)).isEqualTo(Optional.empty());
    }

    @Test
    void textAnyEncodingWouldSpoilArrivesAsItWasWritten() throws Exception {
        assertThat(task("NewsTopicPipeline").templates().get(0).text())
                .isEqualTo("*/ <b> \\u0041 @see {{x}} é标\uD83D\uDE00 {headline} {number}\n{letter}{mask}\"$S");
    }

    @Test
    void namesThatCouldBeMistakenAreReadRight() throws Exception {
        ClassificationTask<Object, ?> task = task("example.OverloadedPipeline");
        Object other = create("example.Overloaded$Other", "deep");
        Object part = create("example.Overloaded$Part", "inner", other, "last");
        Object input = create("example.Overloaded", "outer", part, part);

        assertThat(read(task, "text", input)).isEqualTo("outer");
        assertThat(read(task, "load.text", input)).isEqualTo("inner");
        assertThat(read(task, "load.zeroShot.text", input)).isEqualTo("deep");
        assertThat(read(task, "input.input", input)).isEqualTo("last");
    }

    @Test
    void aTextTaskIsDeclaredWithoutLabels() throws Exception {
        TextTask<Object> task = textTask("example.RestaurantPipeline");

        assertThat(task.name()).isEqualTo("example.Restaurant");
        assertThat(task.template()).isEqualTo("name: {name}, food: {food|lower}, near: {near}\nIn a sentence:");
        assertThat(task.placeholders().keySet()).containsExactly("name", "food", "near");
        assertThat(task.tuning())
                .isEqualTo(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "tiny-llama")
                        .with("learningRate", 1e-4)
                        .with("maxLength", 128));
        assertThat(task.inputType().getName()).isEqualTo("example.Restaurant");
    }

    @Test
    void aTextTaskReadsItsInputWhateverItsComponentsAreCalled() throws Exception {
        Object part = create("example.Writers$Part", "inner");
        Object input = create("example.Writers$Reworded", part, "outer");
        var placeholders = textTask("example.Writers_RewordedPipeline").placeholders();

        assertThat(Objects.requireNonNull(placeholders.get("pretrained.text")).apply(input))
                .isEqualTo("inner");
        assertThat(Objects.requireNonNull(placeholders.get("target")).apply(input))
                .isEqualTo("outer");
        assertThat(textTask("example.Writers_TalePipeline").placeholders()).isEmpty();
    }

    @Test
    void theDoorsOfATextTaskOpen() throws Exception {
        Class<?> pipeline = classes.loadClass("example.RestaurantPipeline");
        assertThat(pipeline.getMethod("trainer").invoke(null)).isInstanceOf(TextTrainer.class);
        assertThat(pipeline.getMethod("pretrained").getReturnType()).isEqualTo(TextPipeline.class);
        assertThat(pipeline.getMethod("load", Path.class).getReturnType()).isEqualTo(TextPipeline.class);
    }

    @Test
    void theDoorsOpen() throws Exception {
        Class<?> pipeline = classes.loadClass("example.ReviewPipeline");
        assertThat(pipeline.getMethod("trainer").invoke(null)).isNotNull();
        assertThat(pipeline.getMethods()).extracting("name").contains("zeroShot", "trainer", "load");
    }

    /** Of a method that has nothing to answer with before it is trained there is no door that would only throw. */
    @Test
    void thereIsNoDoorToAnUntrainedModelThatCannotAnswer() throws Exception {
        assertThat(MethodTable.of(task("example.Soft_PromptedPipeline").tuning().method(), TaskKind.CLASSIFICATION)
                        .untrained())
                .isFalse();
        assertThat(classes.loadClass("example.Soft_PromptedPipeline").getMethods())
                .extracting("name")
                .contains("trainer", "load")
                .doesNotContain("zeroShot");
    }

    private @Nullable Object read(String path, Object input) throws Exception {
        return read(task("example.Shop_OpinionPipeline"), path, input);
    }

    private static @Nullable Object read(ClassificationTask<Object, ?> task, String path, Object input) {
        return Objects.requireNonNull(task.placeholders().get(path)).apply(input);
    }

    @SuppressWarnings("unchecked")
    private ClassificationTask<Object, ?> task(String pipeline) throws Exception {
        return (ClassificationTask<Object, ?>) declaration(pipeline);
    }

    @SuppressWarnings("unchecked")
    private TextTask<Object> textTask(String pipeline) throws Exception {
        return (TextTask<Object>) declaration(pipeline);
    }

    private Object declaration(String pipeline) throws Exception {
        Field task = classes.loadClass(pipeline).getField("TASK");
        task.setAccessible(true);
        return task.get(null);
    }

    private Object create(String name, Object... arguments) throws Exception {
        Constructor<?> constructor = classes.loadClass(name).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    private static void set(Object target, String name, Object value) throws Exception {
        Class<?> type = target.getClass();
        while (Arrays.stream(type.getDeclaredFields())
                .noneMatch(field -> field.getName().equals(name))) {
            type = type.getSuperclass();
        }
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        field.set(target, value);
    }
}
