/** SetFit: a sentence encoder is tuned on pairs of examples, and a logistic regression learns the labels from its vectors. */
@NullMarked
package dev.cloze.runtime.tuning.setfit;

import org.jspecify.annotations.NullMarked;
