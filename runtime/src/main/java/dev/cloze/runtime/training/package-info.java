/**
 * The training loop and what it stands on: the order of examples, the learning rate, checkpoints, progress. It knows
 * nothing of tensors: what is trained is a {@link dev.cloze.runtime.training.TrainableModel}.
 */
@NullMarked
package dev.cloze.runtime.training;

import org.jspecify.annotations.NullMarked;
