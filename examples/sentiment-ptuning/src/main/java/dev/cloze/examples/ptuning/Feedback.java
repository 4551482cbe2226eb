package dev.cloze.examples.ptuning;

import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/**
 * What a passenger writes of a journey; the compiler writes {@code FeedbackPipeline} from it. The words "journey" and "was" stay as
 * anchors; what stands around them is found by training.
 */
@Template("{text} {soft:2} journey {soft:\"was quite\"} {mask}.")
@Verbalizer(labels = Mood.class)
@Tuning(freezeBackbone = true, maxSteps = 100)
@PTuning(encoder = PTuning.Encoder.LSTM)
public record Feedback(String text) {}
