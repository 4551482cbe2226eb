/** Labels spans by asking about every run of words with a template (Cui et al. 2021, TemplateNER, arXiv 2106.01760). */
@NullMarked
package dev.cloze.runtime.tuning.candidate;

import org.jspecify.annotations.NullMarked;
