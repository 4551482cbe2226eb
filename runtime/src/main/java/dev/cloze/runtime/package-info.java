/** The user's API: pipelines, training, predictions, evaluation. */
@NullMarked
package dev.cloze.runtime;

import org.jspecify.annotations.NullMarked;
