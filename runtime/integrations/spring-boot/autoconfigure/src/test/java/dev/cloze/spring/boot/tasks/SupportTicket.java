package dev.cloze.spring.boot.tasks;

import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/** Only its package sees it; its default method has weights of its own. */
@Template("{text} This is {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(backbone = "cloze-tiny-en", maxSteps = 4)
record SupportTicket(String text) {}
