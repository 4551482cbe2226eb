package dev.cloze.processor.report;

import static java.util.stream.Collectors.joining;

import dev.cloze.problem.Problem;

/**
 * Everything the processor can say.
 *
 * <p>The first line is a sentence that stands alone, since javac prints it before the source line. Then come what is,
 * why it cannot be, and what to write instead; a line left empty by its arguments is not shown.
 */
public enum Message {
    UNKNOWN_PLACEHOLDER(Problem.TEMPLATE_UNKNOWN_PLACEHOLDER, """
            "%s" at %s of the template is no component of %s.
            %s
            %s"""),
    TARGET_PLACEHOLDER(Problem.TEMPLATE_UNKNOWN_PLACEHOLDER, """
            "target" at %s of the template is no component of %s.
            %s
            The text to be written has no place in the template: it follows it, and each training pair brings its own.
            Leave {target} out. %s"""),
    UNKNOWN_SPECIAL_TOKEN(Problem.TEMPLATE_UNKNOWN_SPECIAL_TOKEN, """
            "%s" at %s of the template is no special token of %s.
            %s
            Write one of the tokens its tokenizer lists as added_tokens; ordinary words stand outside the braces."""),
    PLACEHOLDER_TYPE(Problem.TEMPLATE_PLACEHOLDER_TYPE, """
            {%s} at %s of the template is of type %s, which has no text form.
            A placeholder is a String, a number, a boolean, an enum, an Optional of these or a List of these.
            Give its class a getter that returns one of these, and name that in the template."""),
    MISSING_MASK(Problem.TEMPLATE_MISSING_MASK, """
            The template has no {mask}, so there is no place for a label word.
            %s
            Write {mask} where the label word belongs: "%s"
            To have text written instead, leave @Verbalizer out."""),
    MISSING_MASK_OF_SCALE(Problem.TEMPLATE_MISSING_MASK, """
            The template has no {mask}, so there is no place for the words of the scale.
            %s
            Write {mask} where "%s" or "%s" belongs: "%s"
            To have text written instead, leave @Scale out."""),
    MISSING_MASK_OF_SPANS(Problem.TEMPLATE_MISSING_MASK, """
            The template has no {mask}, so there is no place for the word of a span's label, which %s asks for.
            %s
            Write {mask} where the word belongs: "%s"
            Or choose a method that tags words and needs no mask: %s."""),
    MISSING_SPAN(Problem.TEMPLATE_MISSING_SPAN, """
            The template does not say which span is asked about, as %s asks about each.
            Write {span} where the span belongs: "%s"
            Or choose a method that tags words and needs no span: %s."""),
    SPANS_NOT_MARKED(Problem.TEMPLATE_MISSING_SPAN, """
            Template %s marks no text whose spans are to be labelled, and others do: %s.
            Write |spans behind the name of that text in every template: "{body|spans}"."""),
    SPANS_WITHOUT_TEXT(Problem.TEMPLATE_MISSING_SPAN, """
            %s has @Spans, but its @Template marks no text whose spans are to be labelled.
            Write |spans behind the name of the text, "{body|spans}", or leave @Spans out."""),
    REPEATED_SPANS(Problem.TEMPLATE_REPEATED_SPANS, """
            |spans at %s of the template marks another text, and the spans are those of {%s|spans}.
            Spans are those of one text: leave one |spans in each template, or write a class for each text."""),
    SPANS_TYPE(Problem.TEMPLATE_PLACEHOLDER_TYPE, """
            {%s|spans} at %s of the template is of type %s, and spans are those of a String.
            The places of spans count its characters. Give the class a getter that returns a String, and name that."""),
    MISSING_MASK_OF_CANDIDATES(Problem.TEMPLATE_MISSING_MASK, """
            The template has no {mask}, so there is no gap for a word to fill.
            %s
            Write {mask} where the word belongs: "%s"
            To have text written instead, leave @Candidates out."""),
    MASK_SPELLED_OTHERWISE(Problem.TEMPLATE_MISSING_MASK, """
            "%s" in the template is plain text, which the model reads letter by letter.
            As it stands, the task is to write the text that follows the template.
            To have a label or a word chosen there, write "%s", and @Verbalizer, @Scale or @Candidates on %s."""),
    MASK_NOT_LAST(Problem.TEMPLATE_MASK_NOT_LAST, """
            {mask} at %s is not the end of the template, and "%s" sees nothing of what stands behind it.
            It is a decoder (type "%s"): it reads from left to right and says which token comes next.
            Behind {mask} stands "%s".
            End the template at {mask}, "{title} It was {mask}", or choose an encoder or T5, which read both sides."""),
    REPEATED_MASK(Problem.TEMPLATE_REPEATED_MASK, """
            {mask} at %s of the template is one too many; the first is at %s.
            A template has one {mask}; a word of several tokens gets as many masks as it needs by itself."""),
    TOO_LONG(Problem.TEMPLATE_TOO_LONG, """
            The template alone is %s tokens long, and an input may have %s.
            %s
            Shorten the template's text%s."""),
    PREFIX_TOO_LONG(Problem.TUNING_OPTION_OUT_OF_RANGE, """
            A prefix of %s leaves %s of %s tokens for the input, which needs %s at least.
            %s
            Write a shorter prefix%s."""),
    NO_ROOM(Problem.TEMPLATE_TOO_LONG, """
            The template leaves %s for its %s, so %s.
            %s
            Shorten the template's text%s."""),
    NO_ROOM_OF_PLACEHOLDERS(Problem.TEMPLATE_TOO_LONG, """
            The %s of the template have %s, so long inputs can lose one of them whole.
            Of %s tokens it takes %s; of the template nothing else is read.
            Name fewer components%s."""),
    SOFT_TOKENS_WITH_HARD_METHOD(Problem.TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD, """
            {soft} at %s of the template asks for a virtual token there, which %s does not train.
            Write the text out in plain words. %s"""),
    NO_PLACEHOLDER(Problem.TEMPLATE_NO_PLACEHOLDER, """
            The template names no component of %s, so the model reads the same text whatever the input is.
            Name what the text is to be about in braces; %s has: %s.
            A class that is to have no input, as for stories out of nothing, has no components."""),
    NO_PLACEHOLDER_TO_ANSWER(Problem.TEMPLATE_NO_PLACEHOLDER, """
            The template names no component of %s, so every input would get the same answer.
            %s
            %s"""),
    NO_PLACEHOLDER_TO_CALIBRATE(Problem.TEMPLATE_NO_PLACEHOLDER, """
            The template names no component of %s, and calibration = %s compares it with itself without content.
            Here the two are the same, so every word would get the same score.
            Name what the text is to be about in braces, or leave calibration out."""),
    NOTHING_TO_READ(Problem.TEMPLATE_NO_PLACEHOLDER, """
            The template is empty, and a model needs something to read before it can write.
            Write the text that is to be continued, with components of the class in braces: "%s In short:"."""),

    MISSING_LABEL(Problem.VERBALIZER_MISSING_LABEL, """
            %s of %s %s no label words.
            Write @LabelWords({"..."}) on each constant,
            or @LabelWords(label = "%s", value = {"..."}) in the value of @Verbalizer."""),
    UNKNOWN_LABEL(Problem.VERBALIZER_UNKNOWN_LABEL, """
            "%s" is no constant of %s.
            %s
            Its constants are %s."""),
    UNNAMED_LABEL(Problem.VERBALIZER_UNKNOWN_LABEL, """
            These label words do not say whose they are.
            Write @LabelWords(label = "...", value = {...}) with a constant of %s: %s."""),
    LABEL_OF_ANOTHER(Problem.VERBALIZER_UNKNOWN_LABEL, """
            These label words stand on %s but name the label "%s".
            Leave label out: words on a constant are that constant's."""),
    LABEL_WORDS_ON_FIELD(Problem.VERBALIZER_UNKNOWN_LABEL, """
            These label words stand on the field %s, which is no constant of an enum.
            Write them on a constant of the label enum, or in the value of @Verbalizer."""),
    REPEATED_LABEL(Problem.VERBALIZER_REPEATED_LABEL, """
            The label "%s" has its words written twice.
            Write all words of a label in one @LabelWords."""),
    TOO_FEW_LABELS(Problem.VERBALIZER_TOO_FEW_LABELS, """
            %s has %s, and a classification chooses between two labels at least.
            Add the missing constants to the enum, or name another one in @Verbalizer(labels = ...)."""),
    NO_LABELS_OF_SPANS(Problem.VERBALIZER_TOO_FEW_LABELS, """
            %s has no constants, and spans have one label at least.
            Add the missing constants to the enum, or name another one in @Verbalizer(labels = ...)."""),
    MISSING_NONE(Problem.VERBALIZER_MISSING_LABEL, """
            Nothing says what the model says at {mask} of a span of %s that has no label, which %s asks for.
            Write @Spans(none = "...") on it, with a word that is true of no label.
            Or choose a method that tags words and needs none: %s."""),
    NO_WORDS(Problem.VERBALIZER_EMPTY_WORDS, """
            %s has an empty list of label words.
            Write at least one word: what would the model say at {mask} for this label?"""),
    BLANK_WORD(Problem.VERBALIZER_EMPTY_WORDS, """
            %s has a blank label word.
            Write a word, or take it out of the list."""),
    DUPLICATE_WORD(Problem.VERBALIZER_DUPLICATE_WORD, """
            "%s" is a label word of both %s and %s.
            The model could not tell the two apart by it: leave it with one of them."""),
    DUPLICATE_WORD_OF_LABEL(Problem.VERBALIZER_DUPLICATE_WORD, """
            "%s" is written twice for %s.
            It would count twice in the label's score: write it once."""),
    BLANK_WORD_OF_SCALE(Problem.VERBALIZER_EMPTY_WORDS, """
            The scale has a blank word for its %s end.
            Write a word: what would the model say at {mask} for that end?"""),
    DUPLICATE_WORD_OF_SCALE(Problem.VERBALIZER_DUPLICATE_WORD, """
            "%s" is the word of both ends of the scale.
            The model could not tell the two apart by it: give each a word of its own."""),
    ONE_CANDIDATE(Problem.VERBALIZER_TOO_FEW_LABELS, """
            "%s" is the only candidate, and there is nothing to rank it against.
            Write two candidates at least, or none to rank all whole words of the model."""),
    BLANK_CANDIDATE(Problem.VERBALIZER_EMPTY_WORDS, """
            A candidate is blank.
            Write a word, or take it out of the list."""),
    CANDIDATE_WHITE_SPACE(Problem.CANDIDATE_WHITE_SPACE, """
            The candidate "%s" has white space at its ends.
            Whether a space stands before the word is the template's to say: write "%s"."""),
    DUPLICATE_CANDIDATE(Problem.VERBALIZER_DUPLICATE_WORD, """
            "%s" is written twice among the candidates.
            A word is ranked once: leave one of them out."""),
    DUPLICATE_TOKENS_OF_CANDIDATES(Problem.VERBALIZER_DUPLICATE_WORD, """
            The candidates "%s" and "%s" are the same to %s: %s.
            Its tokenizer makes them equal: keep one of them."""),
    DUPLICATE_TOKENS(Problem.VERBALIZER_DUPLICATE_WORD, """
            "%s" of %s and "%s" of %s are the same to %s: %s.
            Its tokenizer makes them equal: keep one of them."""),
    UNKNOWN_WORD(Problem.VERBALIZER_UNKNOWN_WORD, """
            "%s" is unknown to %s, whose vocabulary has no token for it.
            The model would read %s.
            Write a word of its vocabulary. %s"""),
    MULTI_TOKEN_WORD(Problem.VERBALIZER_MULTI_TOKEN_WORD, """
            "%s" is %s tokens of %s: %s.
            %s
            %s"""),

    UNEVEN_WORDS(Problem.VERBALIZER_MULTI_TOKEN_WORD, """
            "%s" is %s tokens of %s, and makes %s improbable by its length: %s.
            multiTokenWords = %s adds up the logarithms of the tokens' probabilities, so each token more costs, whatever the text is.
            Take words of equal length, or write calibration = Calibration.PMI, which takes out how probable a word is whatever the text is; multiTokenWords = MultiTokenWords.JOINT_MEAN takes the mean instead.
            %s"""),

    SCALE_UPSIDE_DOWN(Problem.SCALE_RANGE, """
            The scale from %s to %s is upside down.
            Its lower end comes first: write from = %s, to = %s, and see that low is the word of the lower end."""),
    SCALE_EMPTY(Problem.SCALE_RANGE, """
            The scale from %s to %s is empty: its ends are the same.
            Write two numbers, the lower one first: from = 0, to = 5."""),
    SCALE_NOT_FINITE(Problem.SCALE_RANGE, """
            The scale from %s to %s is not finite, and numbers between its ends can't be told.
            Write two numbers, the lower one first: from = 0, to = 5."""),
    OPTION_NOT_APPLICABLE(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            %s = %s means nothing to %s.
            Leave %s out. %s"""),
    OPTION_BESIDE_OTHERS(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            The option %s %s
            Leave %s out, or change what it depends on."""),
    CALIBRATION_OF_KIND(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            calibration = %s means nothing to kind = %s, whose scores are none of words.
            Calibration takes out how much a model prefers some words whatever the text is.
            Leave calibration out, or choose kind = WORDS or KNOWLEDGEABLE."""),
    STANDARD_SCORES_OF_TWO(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            withWords = true means nothing to %s, which has two labels.
            Standard scores of two labels are always the same two numbers, so that prototypes and words would undo one another.
            Leave withWords out: prototypes alone choose."""),
    SEVERAL_MASKS_OF_KIND(Problem.VERBALIZER_MULTI_TOKEN_WORD, """
            "%s" is %s tokens of %s, and kind = KNOWLEDGEABLE weighs scores at one mask.
            Its tokens are %s.
            Write @Verbalizer(multiTokenWords = MultiTokenWords.FIRST) or MEAN, or choose words of one token."""),
    PROMPT_LENGTH_BESIDE_SOFT(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            promptLength = %s means nothing beside {soft} at %s of the template.
            Leave promptLength out, or {soft}: without it all virtual tokens stand before the input."""),
    PROMPT_LENGTH_MISSING(Problem.TUNING_PROMPT_LENGTH_MISSING, """
            %s trains virtual tokens, and nothing says where they stand or how many they are.
            Write {soft} in the template where one belongs, {soft:3} for three,
            or promptLength in @Tuning for as many before the input."""),
    OPTION_OUT_OF_RANGE(Problem.TUNING_OPTION_OUT_OF_RANGE, """
            %s = %s is out of range.
            Its range is %s.
            Write such a value, or leave it out and let the method choose."""),
    NOTHING_TO_TRAIN(Problem.TUNING_NOTHING_TO_TRAIN, """
            With freezeBackbone = true, %s has nothing left to train.
            It tunes the weights of the language model itself: leave freezeBackbone out."""),
    ALWAYS_FROZEN(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            freezeBackbone = false means nothing to %s, which leaves the weights of the language model as they are.
            Leave freezeBackbone out."""),
    METHOD_NOT_FOR_KIND(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            %s does not serve a task that %s.
            Choose one of these methods: %s."""),
    BACKBONE_UNSUPPORTED(Problem.TUNING_BACKBONE_UNSUPPORTED, """
            "%s" is a model of type "%s", for which there is no backbone here.
            Choose a model of one of these types: %s."""),
    BACKBONE_NOT_SERVED(Problem.TUNING_BACKBONE_UNSUPPORTED, """
            "%s" is %s (type "%s"), which %s does not tune for a task that %s.
            Name another model in @Tuning(backbone = "..."), one of these types: %s."""),
    BACKBONE_WRITES_NO_TEXT(Problem.TUNING_BACKBONE_UNSUPPORTED, """
            "%s" writes no text: %s, which only fills masks.
            A task without {mask} and @Verbalizer has its model write what follows the template.
            Name a decoder or T5 in @Tuning(backbone = "..."), a model of one of these types: %s;
            or, to classify, write {mask} in the template and @Verbalizer(labels = ...) on the class."""),
    TOKENIZER_TOO_LARGE(Problem.TOKENIZER_TOO_LARGE, """
            The tokenizer of "%s" has %s ids, but its embedding has %s rows (vocab_size of config.json).
            Tokens without a row: %s. A text with one of them could not be read.
            Either the tokenizer belongs to another model, or tokens were added to it and the model was not made larger:
            model.resize_token_embeddings(len(tokenizer)) does that in Python."""),
    BACKBONE_NAME(Problem.TUNING_UNKNOWN_BACKBONE, """
            "%s" cannot be the name of a model.
            Write a name as the Hugging Face hub has them, like "%s" or "FacebookAI/roberta-base"."""),
    BACKBONE_REVISION(Problem.TUNING_UNKNOWN_BACKBONE, """
            "%s" %s.
            Write a branch, a tag or a commit of the hub behind the @, as in "%s@main", or the name alone, of which the newest is taken."""),
    BACKBONE_OWN_REVISION(Problem.TUNING_UNKNOWN_BACKBONE, """
            "%s" cannot be pinned to a revision: it comes in a jar, which has a version.
            Write "%s", and choose the version of its jar where the program's dependencies are."""),
    BACKBONE_NOT_FOUND(Problem.TUNING_UNKNOWN_BACKBONE, """
            No tokenizer of "%s" is at hand, so %s are checked at run time only.
            %s
            %s
            %s
            To have them checked here, give the compiler -Acloze.models=DIR, where DIR/%s is the folder of the model."""),
    BACKBONE_NOT_IN_FOLDER(Problem.TUNING_UNKNOWN_BACKBONE, """
            There is no tokenizer in the folder "%s", so %s are checked at run time only.
            To have them checked here, put the model's tokenizer and config.json there as they were published."""),
    BACKBONE_TYPE_UNKNOWN(Problem.TUNING_UNKNOWN_BACKBONE, """
            No config.json of "%s" tells the model's type, so %s are checked at run time only.
            Its tokenizer is there: what depends on that alone is checked.
            Put the config.json of the model beside its tokenizer, as it was published."""),
    BACKBONE_UNREADABLE(Problem.TUNING_UNKNOWN_BACKBONE, """
            The files of "%s" cannot be read, so %s are checked at run time only.
            %s
            Put the tokenizer and the config.json of the model there as they were published."""),

    NOT_CONCRETE(Problem.TASK_NOT_CONCRETE, """
            %s is %s, and a task is a class that has instances of its own.
            Write the annotations on the record or class whose instances are the inputs."""),
    PRIVATE(Problem.TASK_PRIVATE, """
            %s is %s, so the generated %s cannot see it.
            Make it package-private or public%s."""),
    GENERIC(Problem.TASK_GENERIC, """
            %s has type parameters, and a task has none.
            Write the annotations on a class without, such as one that extends %s with the types filled in."""),
    ACCESSOR_MISSING(Problem.TASK_ACCESSOR_MISSING, """
            "%s" at %s of the template cannot be read from %s: %s.
            Write a getter for it that the task's package can call and that throws nothing: %s."""),
    REPEATED_TEMPLATE(Problem.TEMPLATE_REPEATED, """
            Templates %s and %s are the same: "%s".
            The second would teach nothing new and count twice: change one of them, or leave it out."""),
    WORDS_INCOMPLETE(Problem.TEMPLATE_WORDS_INCOMPLETE, """
            The words of template %s are not those of all labels of %s: %s left out.
            Its labels are %s.
            Give the template words for each of them, or leave its words out to have those of the task."""),
    SEVERAL_TEMPLATES(Problem.TUNING_SEVERAL_TEMPLATES, """
            %s has %s templates, and %s takes one.
            Leave one @Template, or choose a method that takes several. %s"""),
    TOO_FEW_MODELS(Problem.TUNING_TOO_FEW_MODELS, """
            %s has %s models here, templates (%s) times repetitions (%s), and it needs %s at least.
            Each model learns from what others say, and with fewer there are not enough others.
            Write another @Template, or raise repetitions in @Ipet."""),
    SEVERAL_METHODS(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            %s has %s and %s, and a task is tuned by one method.
            Leave one of them."""),
    METHOD_BESIDE(Problem.TUNING_OPTION_NOT_APPLICABLE, """
            %s selects %s, and @Tuning(method = %s) another.
            Leave method out of @Tuning, or leave %s out."""),
    TEMPLATE_MISSING(Problem.TASK_TEMPLATE_MISSING, """
            %s has @%s but no @Template.
            Write @Template("...") on it: how an instance becomes the text the model reads."""),
    VERBALIZER_MISSING(Problem.TASK_VERBALIZER_MISSING, """
            %s has {mask} in its @Template but nothing says what is to be read there.
            Write @Verbalizer(labels = ...) on it: the enum whose constants are to be told apart;
            or @Scale(from = 0, to = 5, low = "...", high = "..."): the ends of a scale and what is said for them;
            or @Candidates({"...", "..."}): the words to be ranked, all of the model's where none is written.
            To have text written instead, leave {mask} out: the text follows the template."""),
    SEVERAL_KINDS(Problem.TASK_SEVERAL_KINDS, """
            %s has @%s and @%s, and a task is of one kind.
            @Verbalizer has a label chosen, @Scale a number given, @Candidates words ranked.
            Leave one of them, or write a class for each."""),
    SPANS_BESIDE_SCALE(Problem.TASK_SEVERAL_KINDS, """
            %s marks a text whose spans are to be labelled and has @Scale, and a task either labels spans or gives a number.
            Leave @Scale, or |spans in its @Template, or write a class for each."""),
    SPANS_WITHOUT_LABELS(Problem.TASK_VERBALIZER_MISSING, """
            %s marks a text whose spans are to be labelled but has no @Verbalizer.
            Write @Verbalizer(labels = ...) on it: the enum whose constants are the labels of spans."""),
    WORDS_BESIDE_KIND(Problem.TASK_SEVERAL_KINDS, """
            %s has label words in its @Template beside @%s, which has no labels.
            Its words are written in @%s: leave words out of @Template.
            To choose a label instead, write @Verbalizer(labels = ...) in its place."""),
    WORDS_WITHOUT_LABELS(Problem.TASK_VERBALIZER_MISSING, """
            %s has label words in its @Template but no @Verbalizer.
            Write @Verbalizer(labels = ...) on it: the enum whose constants they stand for.
            To have text written instead, leave the words out."""),
    NAME_TAKEN(Problem.TASK_NAME_TAKEN, """
            %s, the pipeline of %s, cannot be generated: there is a class of this name.
            Rename that class, or the task."""),
    NAME_HIDDEN(Problem.TASK_NAME_TAKEN, """
            The enum %s has the name of its task %s, and lies in a package that what is generated cannot name: it has a member %s.
            Rename the enum, the task or the package."""),
    NAME_TOO_LONG(Problem.TASK_NAME_TOO_LONG, """
            The pipeline of %s would have a name of %s bytes; its class files append 15, and no file's name has more than 255.
            Shorten the name of the task%s."""),
    TOO_LARGE(Problem.TASK_TOO_LARGE, """
            %s has %s words %s, and up to %s fit into the class that is written for it.
            Take those out that are rarely right."""),
    INTERNAL_ERROR(Problem.INTERNAL_ERROR, """
            The processor failed on %s with %s.
            %s
            This is a fault of Cloze, not of your code: please report it with these lines.""");

    private final Problem problem;
    private final String format;

    Message(Problem problem, String format) {
        this.problem = problem;
        this.format = format;
    }

    /** The code it is shown with. */
    public Problem problem() {
        return problem;
    }

    /**
     * The message as the user reads it.
     *
     * @param note a last line of its own, if it isn't empty
     * @param details fill its places in order
     */
    public String with(String note, Object... details) {
        String filled = String.format(format, details) + "\n" + note;
        return problem.message(filled.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(joining("\n  ")));
    }
}
