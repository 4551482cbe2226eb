/** What methods share that read and write the adapters of other tools. */
@NullMarked
package dev.cloze.runtime.tuning.exchange;

import org.jspecify.annotations.NullMarked;
