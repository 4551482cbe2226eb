/** What verbalizers learn of a task beside its model: prototypes of labels, and which of many words tell labels apart. */
@NullMarked
package dev.cloze.runtime.tuning.labels;

import org.jspecify.annotations.NullMarked;
