/** BERT (Devlin et al. 2019, arXiv 1810.04805). */
@NullMarked
package dev.cloze.runtime.backbone.bert;

import org.jspecify.annotations.NullMarked;
