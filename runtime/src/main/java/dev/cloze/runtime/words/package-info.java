/** Label words found by what a model says: ranked by likelihood ratios, or pruned, combined and tried. */
@NullMarked
package dev.cloze.runtime.words;

import org.jspecify.annotations.NullMarked;
