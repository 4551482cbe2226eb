/** What a developer writes on a class to make it a task: template, verbalizer, tuning. */
@NullMarked
package dev.cloze.annotations;

import org.jspecify.annotations.NullMarked;
